"""The map: every event is drawn, listed or counted; nothing lies on a label."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import pytest

from timeline.charts import plot
from timeline.charts.edges import inside
from timeline.charts.map import map_scene
from timeline.charts.palette import RED
from timeline.charts.scene import paint, save
from timeline.charts.sites import added, gather
from timeline.charts.window import core, window
from timeline.gazetteer import borders
from timeline.records import Place, Total

TOWNS = (("Port Sudan", "SDN", 19.62, 37.22), ("Nyala", "SDN", 12.05, 24.88), ("Kassala", "SDN", 15.45, 36.40))


def _at(event, name, country, lat, lon, precision="town"):
    return replace(event, place=Place(name, country, country, lat, lon, precision))


def _spread(events, towns=TOWNS):
    return [_at(event, *towns[k % len(towns)]) for k, event in enumerate(events)]


def _texts(scene):
    return [item.text for item in scene.texts]


@pytest.mark.parametrize("width", ["A3", "A4", "A4-landscape", "screen", "slide"])
@pytest.mark.parametrize("number", [0, 1, 2, 40, 300])
def test_maps_pass_all_checks(invent, faults, number, width):
    """No events, one, and three hundred at three places."""
    scene = map_scene(_spread(invent(number)), width=width)
    assert faults(scene) == []
    assert scene.description.startswith(f"Map of {number} event")


def test_three_hundred_at_three_places_are_all_counted(invent):
    """Markers gather events of one type and factuality; their numbers add up to all of them."""
    places = gather(_spread(invent(300)))
    assert [site.number for site in places.sites] == [100, 100, 100]
    assert all(site.form == "town" for site in places.sites)
    names = _texts(map_scene(_spread(invent(300))))
    assert {"Port Sudan", "Nyala", "Kassala"} <= set(names)


@pytest.mark.parametrize("width", ["A3", "A4"])
def test_dots_of_the_small_world_have_numbers(invent, faults, width):
    """A dot of the small world has the number of its place in the list, and no number covers a dot."""
    near = ("Khartoum", "SDN", 15.6, 32.5)
    far = [(f"Town {k}", "DEU", 48.0 + 9 * math.sin(k), -70.0 + 22 * k) for k in range(8)]
    scene = map_scene(_spread(invent(100), (*[near] * 42, *far)), width=width)
    dots = [shape for shape in scene.shapes if shape.key == "site:beyond"]
    numbers = [item for item in scene.texts if item.key == "number" and item.align == "center"]
    assert faults(scene) == []
    assert len(dots) == len(numbers) == 8
    middles = [(sum(x for x, _ in dot.points) / 20, sum(y for _, y in dot.points) / 20) for dot in dots]
    assert all(not inside(middle, item.box) for middle in middles for item in numbers)


def test_events_without_any_place_are_counted(invent, faults):
    """Without places there is no map, but a sentence."""
    events = [replace(event, place=None) for event in invent(12)]
    scene = map_scene(events)
    assert faults(scene) == []
    assert any("None of the 12 events has a place" in line for line in _texts(scene))
    assert any("12 without a place" in line for line in _texts(scene))


def test_names_without_coordinates_are_listed(invent):
    """A place that no list knows is named in the foot, not lost."""
    scene = map_scene(_spread(invent(4)) + [replace(event, id="x" + event.id) for event in invent(2)])
    foot = " ".join(_texts(scene))
    assert "2 at places without known coordinates" in foot
    assert "Places without known coordinates: Harun 1, Velia 1." in foot


def test_across_the_date_line(invent, faults):
    """Places on both sides of the date line lie side by side."""
    towns = (("Suva", "FJI", -18.14, 178.44), ("Apia", "WSM", -13.83, -171.77))
    events = _spread(invent(6), towns)
    frame = window(gather(events).sites, 0, 0, 1000, (0.4, 0.7))
    suva, apia = frame(178.44, -18.14), frame(-171.77, -13.83)
    assert 0 < suva[0] < apia[0] < 1000
    assert apia[0] - suva[0] > 400
    assert faults(map_scene(events)) == []


def test_land_lies_under_both_sides_of_the_date_line(invent):
    """The ground is drawn on both sides, and no line runs through the whole map."""
    towns = (("Anadyr", "RUS", 64.73, 177.51), ("Nome", "USA", 64.50, -165.41))
    scene = map_scene(_spread(invent(4), towns))
    middle = scene.width / 2
    lands = [shape for shape in scene.shapes if shape.key == "land"]
    xs = [x for shape in lands for x, _ in shape.points]
    assert min(xs) < middle - 400
    assert max(xs) > middle + 400
    steps = [
        abs(a[0] - b[0])
        for line in scene.lines
        if line.key == "ground"
        for a, b in zip(line.points, line.points[1:], strict=False)
    ]
    assert max(steps) < 150


def test_a_few_far_away_do_not_shrink_the_map(invent, faults):
    """One event in another part of the world is listed beside the map."""
    events = [*_spread(invent(30)), _at(replace(invent(1)[0], id="far"), "Geneva", "CHE", 46.2, 6.15)]
    held = core(gather(events).sites)
    assert {site.name for site in held} == {"Port Sudan", "Kassala", "Nyala"}
    scene = map_scene(events)
    assert faults(scene) == []
    assert "Beyond the map" in _texts(scene)
    assert "Geneva" in _texts(scene)


def test_a_country_is_no_town(invent):
    """An event known to its country only has a ring and no dot, and no disc for its dead."""
    events = [_at(event, "Sudan", "SDN", None, None, "country") for event in invent(9)]
    scene = map_scene(events)
    keys = {shape.key for shape in scene.shapes}
    assert "site:ring" in keys
    assert not keys & {"site:killed"}
    assert any("9 known to a region or country only" in line for line in _texts(scene))


def test_near_a_town_is_no_town(invent):
    """Coordinates of the surroundings are drawn as a ring; one event in the town itself makes it a dot."""
    near = [_at(event, "Nyala", "SDN", 12.05, 24.88, "approximate") for event in invent(3)]
    assert [site.form for site in gather(near).sites] == ["about"]
    assert [site.form for site in gather([*near, _at(invent(4)[3], *TOWNS[1])]).sites] == ["town"]


def test_killed_are_added_up_with_their_range():
    """An open end stays open, and nothing told is nothing, not zero."""
    assert added([]) is None
    assert added([Total(2, 3, 4), Total(1, 1, None)]) == Total(3, 4, None)


def test_many_places_close_together(invent, faults):
    """Sixty places in one small area have a tag, a number or a place in the list; none is lost."""
    towns = tuple((f"Village {k}", "SDN", 13.0 + k % 8 * 0.06, 25.0 + k // 8 * 0.06) for k in range(60))
    scene = map_scene(_spread(invent(60), towns))
    assert faults(scene) == []
    said = " ".join(_texts(scene))
    assert all(f"Village {k}" in said for k in range(60))


def test_the_whole_world(invent, faults):
    """Places on all continents fit a map that is no wider than the world."""
    towns = (
        ("Lima", "PER", -12.05, -77.04),
        ("Oslo", "NOR", 59.91, 10.75),
        ("Perth", "AUS", -31.95, 115.86),
        ("Tokyo", "JPN", 35.69, 139.69),
        ("Kano", "NGA", 12.0, 8.52),
    )
    events = _spread(invent(25), towns)
    assert faults(map_scene(events)) == []
    frame = window(gather(events).sites, 0, 0, 1000, (0.4, 0.7))
    assert (frame.right - frame.left) / (frame.unit * frame.squeeze) <= 360 + 1e-6


def test_strange_coordinates_are_no_error(invent, faults):
    """Poles, degrees beyond 180 and no numbers."""
    odd = [(89.9, 0.0), (-89.9, 10.0), (10.0, 540.0), (float("nan"), 3.0), (95.0, 3.0), (1.0, float("inf"))]
    events = [_at(event, f"Spot {k}", None, *odd[k]) for k, event in enumerate(invent(6))]
    assert faults(map_scene(events)) == []
    assert gather(events).number == 3


def test_same_bytes_in_any_order(invent, tmp_path):
    """The order of the events does not matter, and neither does drawing twice."""
    events = _spread(invent(30))
    one = save(paint(map_scene(events)), tmp_path / "one.png").read_bytes()
    other = save(paint(map_scene(events[::-1] + events[:3])), tmp_path / "other.png").read_bytes()
    assert one == other


def test_plot_knows_the_map(invent):
    """It is one of the kinds of picture."""
    assert plot(_spread(invent(3)), kind="map", title="Three").get_gid() == "Three"


def test_borders_are_the_world():
    """Every ring closes, within the bounds of the world, and neighbours share lines."""
    world = borders()
    rings = [ring for rings in world.lands.values() for ring in rings]
    assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in rings)
    assert all(-180.001 <= x <= 180.001 and -90.001 <= y <= 90.001 for ring in rings for x, y in ring)
    assert {"Syria", "South Sudan", "Democratic Republic of the Congo", "Bosnia and Herzegovina"} <= set(world.lands)
    assert len(world.borders) > 300


def test_map_is_quick(invent):
    """A map of three hundred events takes less than two seconds of CPU."""
    events = _spread(invent(300))
    borders()
    start = time.process_time()
    map_scene(events)
    assert time.process_time() - start < 2


def test_a_slide_keeps_its_height(invent, faults):
    """A slide is as high as a slide; what has no room on the map is named with its number of events."""
    towns = [(f"Town {k}", "SDN", 10.0 + k % 8, 22.0 + k % 13) for k in range(60)]
    far = [("Oslo", "NOR", 59.9, 10.7), ("Lima", "PER", -12.0, -77.0)]
    scene = map_scene(_spread(invent(300), (*towns, *far)), width="slide")
    words = " ".join(_texts(scene))
    assert faults(scene) == []
    assert scene.height == 540
    assert "Oslo (4)" in words
    assert "Lima (4)" in words


def test_discs_leave_room_on_a_low_map(invent):
    """On a low map the largest disc is smaller than on a high one."""
    events = [replace(event, killed=Total(200, 200, 200), factuality="happened") for event in _spread(invent(30))]

    def largest(width):
        discs = [shape for shape in map_scene(events, width=width).shapes if shape.fill == RED and shape.alpha < 0.5]
        return max(max(x for x, _ in shape.points) - min(x for x, _ in shape.points) for shape in discs)

    assert largest("slide") < 0.75 * largest("A3")
