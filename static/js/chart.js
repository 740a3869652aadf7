// [data-chart]: draws its JSON with the page's own colours; a mark opens the records behind it.
// The library is fetched only where a chart stands; the table beside the picture says the same without it.
(() => {
  const holders = [...document.querySelectorAll("[data-chart]")];
  if (!holders.length) return;
  const library = document.currentScript.dataset.library;
  const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const shades = () => ["mark-1", "mark-2", "mark-3", "mark-4"].map(token);
  const number = (point) => (point === null || point.value === null ? null : Number(point.value));
  const axis = (extra) => ({
    axisLine: { lineStyle: { color: token("line-strong") } },
    axisTick: { show: false },
    axisLabel: { color: token("ink-quiet"), hideOverlap: true },
    splitLine: { lineStyle: { color: token("line") } },
    ...extra,
  });
  const targetLine = (spec, word, lying) => spec.target === undefined || spec.target === null ? undefined : {
    silent: true, symbol: "none",
    lineStyle: { color: token("ink"), type: "dashed", width: 1 },
    label: { color: token("ink"), formatter: `${word} ${spec.target}`, position: lying ? "start" : "end", distance: 6 },
    data: [lying ? { xAxis: Number(spec.target) } : { yAxis: Number(spec.target) }],
  };
  const bars = (spec, lying) => ({
    type: "bar", barMaxWidth: lying ? 14 : 28,
    ...(spec.type === "bullet" ? { showBackground: true, backgroundStyle: { color: token("closed-tint") } } : {}),
  });
  const curve = { type: "line", symbolSize: 7, symbol: "circle", connectNulls: false, lineStyle: { width: 2 } };

  // Few names are all written, on several lines where the screen is narrow; many thin out.
  const longest = (names) => Math.max(0, ...names.flatMap((name) => (String(name).match(/[\w-]+/g) || []).map((word) => word.length)));
  const nameLabel = (spec, width) => {
    if (spec.categories.length > 8) return {};
    const room = Math.max(40, (width - 48) / spec.categories.length - 6), whole = { interval: 0, hideOverlap: false };
    if (longest(spec.categories) * 7 > room) return { ...whole, rotate: 40, width: 110, overflow: "truncate" };
    return { ...whole, width: room, overflow: "break" };
  };

  const option = (spec, word, width) => {
    const lying = spec.type === "bullet";
    const names = axis({ type: "category", data: spec.categories, inverse: lying, splitLine: { show: false }, boundaryGap: spec.type !== "line" });
    if (!lying) Object.assign(names.axisLabel, nameLabel(spec, width));
    else Object.assign(names.axisLabel, { interval: 0, width: Math.max(84, width * 0.26), overflow: "break" });
    const values = axis({ type: "value", max: spec.most, axisLine: { show: false } });
    return {
      animation: false,
      color: shades(),
      textStyle: { fontFamily: token("font"), color: token("ink") },
      grid: { left: 4, right: !lying && spec.target !== undefined ? 72 : 16, top: spec.series.length > 1 ? 36 : 24, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      legend: spec.series.length > 1 ? { left: 0, top: 0, icon: "rect", itemWidth: 12, itemHeight: 8, textStyle: { color: token("ink-quiet") } } : undefined,
      tooltip: {
        trigger: "axis", renderMode: "richText", backgroundColor: token("raised"), borderColor: token("line"),
        textStyle: { color: token("ink") }, axisPointer: { type: spec.type === "line" ? "line" : "shadow", shadowStyle: { color: token("shade"), opacity: 0.12 } },
        valueFormatter: (value) => (value === null || value === undefined ? "–" : `${value.toLocaleString()} ${spec.unit || ""}`),
      },
      xAxis: lying ? values : names,
      yAxis: lying ? names : values,
      series: spec.series.map((series, place) => ({
        name: series.name,
        ...(spec.type === "line" ? curve : bars(spec, lying)),
        ...(series.dashed ? { symbol: "none", lineStyle: { width: 2, type: "dashed" } } : {}),
        data: series.data.map((point) => ({ value: number(point), url: point?.url })),
        markLine: place === 0 ? targetLine(spec, word, lying) : undefined,
      })),
    };
  };

  const start = () => {
    for (const holder of holders) {
      const spec = JSON.parse(holder.dataset.chart);
      const picture = window.echarts.init(holder, null, { renderer: "canvas" });
      const draw = () => picture.setOption(option(spec, holder.dataset.wordTarget, holder.clientWidth), true);
      draw();
      holder.parentElement.querySelector("details").open = false;
      picture.on("click", (mark) => { if (mark.data?.url) location.assign(mark.data.url); });
      new ResizeObserver(() => { picture.resize(); draw(); }).observe(holder);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    }
  };
  const script = document.createElement("script");
  script.src = library;
  script.addEventListener("load", start);
  script.addEventListener("error", () => holders.forEach((holder) => holder.classList.add("failed")));
  document.head.append(script);
})();
