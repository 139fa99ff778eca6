"use strict";
(() => {
  const charts = JSON.parse(document.getElementById("charts").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const options = { displayModeBar: false, responsive: true, scrollZoom: false };
  const draw = () => {
    for (const place of document.querySelectorAll("[data-chart]")) {
      const chart = charts[place.dataset.chart][dark.matches ? "dark" : "light"];
      Plotly.react(place, chart.data, chart.layout, options);
    }
  };
  draw();
  dark.addEventListener("change", draw);
  document.documentElement.classList.remove("no-plots");
})();
