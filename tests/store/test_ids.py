from itertools import pairwise

from vfm.store.ids import new_id


def test_ids_rise_even_within_a_millisecond_so_that_rows_keep_the_order_in_which_they_were_entered() -> None:
    made = [new_id() for _ in range(5_000)]
    assert all(one < two for one, two in pairwise(made))


def test_an_id_fits_into_a_column_of_63_bits_for_decades() -> None:
    assert 0 < new_id() < 1 << 60
