"""The story of a bad year: what happens in the draw whose net is nearest to P5."""

from __future__ import annotations

import streamlit as st

from climrisk.analysis.planning import planned_run
from climrisk.analysis.replay import nearest_draw, replay
from climrisk.charts import story_table
from climrisk.names import NET, TOTAL
from climrisk.ui.parts import labels_of, results
from climrisk.ui.parts import show as show_chart
from climrisk.ui.safe import plain
from climrisk.ui.state import say, session

__all__ = ["show"]


def show() -> None:
    """Tell what happens in one bad draw, on request: its draws are simulated again."""
    st.markdown(plain(say("app.story.about")))
    if not st.button(say("app.story.tell"), icon=":material/auto_stories:"):
        return
    here, found = session(), results()
    study = here.history.now
    plan = planned_run(study, study.settings.scenarios)
    world = {"scenario": here.scenario, "control": here.control}
    at = {**world, "subject": TOTAL, "channel": NET, "horizon": here.horizon, "quantile": 0.05}
    p5 = float(found["percentile"].sel(at))
    years = plan.horizons[here.horizon]
    with st.spinner(say("app.simulating", draws=f"{here.draws:,}")):
        seed = int(found.attrs["seed"])
        draw, _ = nearest_draw(plan, seed, here.draws, here.scenario, here.control, years, p5)
        happened = replay(plan, seed, draw, here.scenario, here.control)
    span = [plan.years[number] for number in range(years.start, years.stop)]
    story = happened[happened["year"].isin(span)]
    show_chart(
        story_table(story, labels_of(found), horizon=here.horizon, draw=draw, **world), "story"
    )
