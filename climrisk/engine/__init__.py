"""How a study is simulated: plan, worlds, streams, kernel and blocks."""
