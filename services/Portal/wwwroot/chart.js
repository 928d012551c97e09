// Apache ECharts behind two calls; loaded once, when the first chart is drawn.
let library;
const load = () => library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("lib/echarts.common.min.js", document.baseURI);
    script.onload = () => resolve(window.echarts);
    script.onerror = () => reject(new Error("Charts are not installed."));
    document.head.append(script);
});

const watch = new ResizeObserver(entries => entries.forEach(entry => window.echarts?.getInstanceByDom(entry.target)?.resize()));

export async function draw(place, option) {
    const echarts = await load();
    const chart = echarts.getInstanceByDom(place) ?? echarts.init(place, null, { renderer: "svg" });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    chart.setOption({ animation: !still, textStyle: { fontFamily: getComputedStyle(place).fontFamily }, ...JSON.parse(option) }, true);
    watch.observe(place);
}

export function clear(place) {
    watch.unobserve(place);
    window.echarts?.getInstanceByDom(place)?.dispose();
}
