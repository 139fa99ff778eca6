"""One page of the served app over its websocket, as a browser holds it, without a browser.

Speaks Streamlit's own messages (`streamlit.proto`): runs the page, fills in fields, presses
buttons, and polls as often as the page asks for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

__all__ = ["Page"]

WIDGETS = ("text_input", "text_area", "button", "checkbox", "selectbox", "button_group")
PATIENCE = 120.0
"""Seconds that a run of the page may take on a busy machine."""


class Page:
    """A page that is held open.

    Attributes
    ----------
    runs, polls : list of float
        Seconds that each run that a person asked for took, and each look at the database.
    faults : list of str
        Exceptions and errors that the page showed.
    """

    def __init__(self, address: str, query: str) -> None:
        self._address = address.replace("http", "ws", 1) + "/_stcore/stream"
        self._query = query
        self._socket: ClientConnection
        self._elements: dict[tuple[int, ...], Any] = {}
        self._states: dict[str, WidgetState] = {}
        self._page = ""
        self._polled: dict[str, asyncio.Task[None]] = {}
        self._finished = asyncio.Event()
        self._changed = asyncio.Condition()
        self._busy = asyncio.Lock()
        self.runs: list[float] = []
        self.polls: list[float] = []
        self.faults: list[str] = []

    async def open(self) -> None:
        """Connect and run the page for the first time."""
        self._socket = await connect(self._address, subprotocols=["streamlit"], max_size=None)
        self._reader = asyncio.create_task(self._read())
        await self._run(self.runs)

    async def close(self) -> None:
        """Leave."""
        for task in (*self._polled.values(), self._reader):
            task.cancel()
        with contextlib.suppress(Exception):
            await self._socket.close()

    async def fill(self, label: str, text: str) -> None:
        """Fill in a field and leave it; the page runs."""
        self._states[self._widget("text_input", label).id] = WidgetState(string_value=text)
        await self._run(self.runs)

    async def tick(self, label: str) -> None:
        """Tick a box; the page runs."""
        self._states[self._widget("checkbox", label).id] = WidgetState(bool_value=True)
        await self._run(self.runs)

    async def press(self, label: str) -> None:
        """Press a button; the page runs."""
        await self._run(self.runs, pressed=self._widget("button", label).id)

    async def until(self, said: str) -> None:
        """Wait until the page says something."""

        async def shown() -> None:
            async with self._changed:
                await self._changed.wait_for(lambda: self.says(said))

        await asyncio.wait_for(shown(), PATIENCE)

    def says(self, words: str) -> bool:
        """Return whether words stand on the page."""
        return any(words in text for text in self._texts())

    def has(self, kind: str, label: str) -> bool:
        """Return whether the page has a field or button."""
        return any(True for _ in self._named(kind, label))

    def _widget(self, kind: str, label: str) -> Any:
        found = next(self._named(kind, label), None)
        if found is None:
            raise LookupError(f"no {kind} {label!r}; the page says {' | '.join(self._texts())}")
        return found

    def _named(self, kind: str, label: str) -> Any:
        for element in self._elements.values():
            if element.WhichOneof("type") == kind:
                widget = getattr(element, kind)
                if label in widget.label:
                    yield widget

    def _texts(self) -> list[str]:
        found = []
        for element in self._elements.values():
            kind = element.WhichOneof("type")
            if kind in ("markdown", "alert", "heading"):
                found.append(getattr(element, kind).body)
        return found

    async def _run(
        self, timed: list[float], *, pressed: str = "", fragment: str = "", polled: bool = False
    ) -> None:
        """Ask for a run and wait until it is over; one at a time, as a browser shows them."""
        async with self._busy:
            message = BackMsg()
            asked = message.rerun_script
            asked.query_string, asked.page_script_hash = self._query, self._page
            asked.fragment_id, asked.is_auto_rerun = fragment, polled
            for name, state in self._states.items():
                told = asked.widget_states.widgets.add()
                told.CopyFrom(state)
                told.id = name
            if pressed:
                asked.widget_states.widgets.add(id=pressed, trigger_value=True)
            self._finished.clear()
            started = time.perf_counter()
            await self._socket.send(message.SerializeToString())
            await asyncio.wait_for(self._finished.wait(), PATIENCE)
            timed.append(time.perf_counter() - started)

    async def _read(self) -> None:
        async for packed in self._socket:
            message = ForwardMsg()
            message.ParseFromString(packed if isinstance(packed, bytes) else packed.encode())
            self._take(message)
            async with self._changed:
                self._changed.notify_all()

    def _take(self, message: ForwardMsg) -> None:
        kinds: dict[str, Callable[[ForwardMsg], None]] = {
            "new_session": self._begin,
            "delta": self._draw,
            "auto_rerun": self._poll,
            "script_finished": self._finish,
        }
        take = kinds.get(str(message.WhichOneof("type")))
        if take is not None:
            take(message)

    def _begin(self, message: ForwardMsg) -> None:
        self._page = message.new_session.page_script_hash
        if not message.metadata.run.fragment_ids:
            self._elements.clear()
            for task in self._polled.values():
                task.cancel()
            self._polled.clear()

    def _draw(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        self._elements[tuple(message.metadata.delta_path)] = element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.faults.append(element.exception.message)
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            self.faults.append(element.alert.body)

    def _poll(self, message: ForwardMsg) -> None:
        asked = message.auto_rerun

        async def polling() -> None:
            while True:
                await asyncio.sleep(asked.interval)
                await self._run(self.polls, fragment=asked.fragment_id, polled=True)

        self._polled[asked.fragment_id] = asyncio.create_task(polling())

    def _finish(self, message: ForwardMsg) -> None:
        early = ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if message.script_finished != early:
            self._finished.set()
