"""S06-2, F-06: a copy of another city is no way around the rights that name 個人番号 and 住民票コード."""

import pytest

from app.domain.rights import ItemClass, Right
from app.errors import NotAllowed
from app.wire.jukinet_counter import AskWideAreaCopy
from tests.edge.backend.jukinet.world import FAR, HERE, City, clerk, new_id, somebody
from tests.support.slices import person


@pytest.mark.parametrize(
    ("item_class", "wanted"), [(ItemClass.MY_NUMBER, "with_number"), (ItemClass.RESIDENT_CODE, "with_code")]
)
def test_a_copy_with_a_guarded_item_is_asked_for_by_who_may_see_its_class_only(
    city: City, item_class: ItemClass, wanted: str
) -> None:
    one = somebody(place=FAR)
    city.network.set_up([one])
    city.holds(one)
    plain = clerk("w01", "network.check", "network.wide_area")
    rights = (*plain.rights, Right("network.wide_area", item_class=item_class))
    named = person("w02", *rights, municipality=HERE)
    desk = city.part.desk.moving
    for who in (plain, named):
        checked = city.checks(who, one, "wide_area")
        asked = AskWideAreaCopy(request_id=new_id(), check_id=checked.check_id, **{wanted: True})
        if who is plain:
            with pytest.raises(NotAllowed):
                desk.ask_copy(city.by(who), asked)
            assert city.acts()[-1][0] == "wide_area.requested_refused"
        else:
            assert desk.ask_copy(city.by(who), asked).state == "asked"
