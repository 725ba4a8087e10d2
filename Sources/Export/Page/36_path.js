// What the run's time went to, which opens over the page.

function fillPath(path) {
  const list = byID("path-list");
  if (path.none) {
    coloured("p", "muted", path.none, list);
    return;
  }
  element("p", "", list).textContent = `${path.headline}.`;
  for (const advice of path.advice) coloured("p", "accent", advice, list);
  for (const row of path.spendings) fillRow(row, list);
  if (path.parts.length > 0) element("h3", "", list).textContent = "in order";
  for (const row of path.parts) fillRow(row, list);

  function fillRow({ share, time, role, glyph, text, event }, list) {
    const entry = element("p", "part", list);
    if (event !== null) makeLink(entry, "cursor", event + 1);
    coloured("span", "number", `${share.padStart(4)}${time.padStart(10)} `, entry);
    coloured("span", role, `${glyph} ${text}`, entry);
  }
}
