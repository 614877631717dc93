"""Who gives an intervention: an agency's price an hour, preparation that differs, and hours bought and delivered."""

import re
from decimal import Decimal

from tests.web.forms import RUBBISH, refused, words
from tests.web.test_interventions_in_full import Desk
from tests.world import World
from vfm.store.provision import GiverRow
from vfm.store.staff import StaffRow


def test_an_agency_with_a_price_an_hour_is_costed_like_staff(world: World) -> None:
    desk = Desk(world)
    weekly = {"giver_1": "agency", "runs": "weekly", "sessions_a_week": "1", "weeks": "10"}
    assert desk.change(**weekly, agency_price="£45.5050").status_code == 302
    page = desk.costed()
    assert "£455.05" in page, "10 hours × £45.505"
    assert 'id="agency"' not in page
    assert re.search(r'id="agency_price"[^>]* value="45.5050"', desk.head.get(desk.page).text)


def test_an_agency_without_price_and_invoice_is_hinted_at(world: World) -> None:
    desk = Desk(world)
    desk.change(giver_1="agency", runs="total", sessions_in_total="1")
    assert "neither its price an hour nor an invoice has been entered" in desk.costed()
    cost = {"kind": "invoice", "name": "Visit", "amount": "100", "estimated": "no"}
    assert desk.head.send(desk.page + "/costs/add", **cost).status_code == 302
    assert 'id="agency"' not in desk.costed()
    desk.change(giver_1="agency", agency_price="20", runs="total", sessions_in_total="1")
    assert "if both are the same money" in desk.costed()


def test_a_price_needs_an_agency_and_a_preparation_somebody_who_prepares(world: World) -> None:
    desk = Desk(world)
    once = {"runs": "total", "sessions_in_total": "1"}
    assert "Choose an outside agency above" in refused(desk.change(**once, agency_price="20"))
    assert "Choose who that is above" in refused(desk.change(**once, own_preparation_2="20"))
    for typed in RUBBISH:
        if typed != "\x00":
            refused(desk.change(**once, giver_1="agency", agency_price=typed))


def test_preparation_of_one_giver_is_that_givers_alone(world: World) -> None:
    desk = Desk(world)
    once = {"runs": "total", "sessions_in_total": "1", "preparation_minutes": "30"}
    both = {"giver_2": "agency", "number_2": "1", "agency_price": "20"}
    assert desk.change(**once, **both, own_preparation_1="0").status_code == 302
    page = desk.costed()
    assert "1 × 1 hour at £20.00 an hour" in page
    assert "1 × 1 hour 30 minutes at £20.00 an hour" in page
    assert "£50.00" in page
    shown = desk.head.get(desk.page).text
    assert re.search(r'id="own_preparation_1"[^>]* value="0"', shown)
    assert not re.search(r'id="own_preparation_2"[^>]* value="[^"]', shown)


def test_a_giver_who_stays_is_changed_where_it_stands(world: World) -> None:
    desk = Desk(world)
    with world.app.extensions["vfm_database"].write.begin() as db:
        giver = db.query(GiverRow).filter_by(school_id=world.school.id).one()
        sam = StaffRow(school_id=world.school.id, id=giver.id, name="Sam", role_id=desk.role, weekly_hours=Decimal(30))
        db.add(sam)
        db.flush()
        giver.staff_id, kept = sam.id, giver.id
    desk.change(number_1="3", own_preparation_1="5", runs="total", sessions_in_total="1")
    rows = [(row.id == kept, row.staff_id, row.number, row.preparation_minutes) for row in desk.rows(GiverRow)]
    assert rows == [(True, kept, 1, 5), (False, None, 2, 5)], "Sam stays, and two are nobody in particular"


def test_hours_bought_and_delivered_stand_with_the_difference(world: World) -> None:
    desk = Desk(world)
    once = {"giver_1": "agency", "runs": "total", "sessions_in_total": "1"}
    desk.change(**once, hours_bought="15", hours_delivered="9.5")
    assert "Hours bought: 15. Hours delivered so far: 9.5. Still to be delivered: 5.5." in words(desk.costed())
    desk.change(**once, hours_bought="15", hours_delivered="16")
    assert "Delivered beyond what was bought: 1." in desk.costed()
    desk.change(**once, hours_bought="15", hours_delivered="15")
    assert "All have been delivered." in desk.costed()
    desk.change(**once, hours_bought="15")
    assert "Hours delivered so far: not known." in desk.costed()
