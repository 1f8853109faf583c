// What can be seen of a page from inside; an expression whose value is a list of complaints.
(() => {
  const complaints = [];
  const say = (text) => complaints.push(text);
  const root = document.documentElement;
  const near = (element) => (element.textContent || "").trim().replace(/\s+/g, " ").slice(0, 50);

  if (!/^(en|de)$/.test(root.lang)) say(`the language is "${root.lang}"`);
  if (!document.title.trim()) say("there is no title");
  if (root.scrollWidth > root.clientWidth) {
    const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
    say(`it is ${root.scrollWidth} px wide in ${root.clientWidth}: ${wide.slice(0, 3).map((e) => `<${e.localName}> ${near(e)}`)}`);
  }
  // A box that hides what does not fit hides text; of a picture only long terms may be cut.
  for (const e of document.body.querySelectorAll("*:not(svg, svg *)")) {
    if (e.clientWidth && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline" &&
        !e.closest("thead, .head")) say(`<${e.localName}> is cut: ${near(e)}`);
  }

  // Headings go down by one at a time.
  let level = 0;
  for (const h of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const here = Number(h.localName[1]);
    if (here > level + 1) say(`h${here} after h${level}: ${near(h)}`);
    if (!near(h)) say("an empty heading");
    level = here;
  }
  if (!document.querySelector("h1")) say("there is no h1");
  if (document.querySelectorAll("main").length !== 1) say("there is not one main");

  // Ids are unique, links lead somewhere, tables have heads, pictures have words.
  const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach((id) => say(`id ${id} stands twice`));
  for (const a of document.querySelectorAll("a")) {
    const target = a.getAttribute("href") || "";
    if (!target.startsWith("#") || !document.getElementById(target.slice(1))) say(`a link to "${target}"`);
  }
  for (const table of document.querySelectorAll("table")) {
    if (!table.querySelector("th[scope]")) say(`a table without heads: ${near(table)}`);
  }
  for (const svg of document.querySelectorAll("svg[role]")) {
    const labels = (svg.getAttribute("aria-labelledby") || "").split(" ").filter(Boolean);
    const words = svg.getAttribute("aria-label") || labels.map((id) => document.getElementById(id)?.textContent).join("");
    if (!words.trim()) say("a picture without words");
  }
  for (const e of document.querySelectorAll("script, link, img, iframe, object, embed, form, input")) say(`<${e.localName}>`);

  // Contrast by WCAG 2: text against the nearest ground below it.
  const parse = (color) => {
    const [r, g, b, a = 1] = (color.match(/[\d.]+/g) || []).map(Number);
    return { r, g, b, a };
  };
  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const color = parse(getComputedStyle(e).backgroundColor);
      if (color.a > 0.99) return color;
    }
    return { r: 255, g: 255, b: 255, a: 1 };
  };
  const seen = new Set();
  for (const e of document.body.querySelectorAll("*")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.getClientRects().length || ["title", "desc"].includes(e.localName)) continue;
    const style = getComputedStyle(e);
    const text = parse(e instanceof SVGElement ? style.fill : style.color);
    const [a, b] = [luminance(text), luminance(ground(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const key = `${e.localName}.${e.getAttribute("class") || ""}`;
    if (ratio < 4.5 && !seen.has(key)) {
      seen.add(key);
      say(`contrast ${ratio.toFixed(2)} of <${key}>: ${near(e)}`);
    }
  }
  return complaints;
})()
