"""How Plotly draws the chart tables."""
