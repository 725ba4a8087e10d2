// The header, and the panes below the lanes.

class Panes {
  constructor(view) {
    this.view = view;
    const { run } = view;
    this.events = new Rows(
      byID("event-list"), "option", ["mark", "number", "when", "text"],
      (row, pieces, at) => this.fillEvent(row, pieces, at));
    this.output = new Rows(
      byID("output-list"), "listitem", ["who", "text"],
      (row, pieces, at) => this.fillOutput(row, pieces, at));
    this.source = new Rows(
      byID("source-list"), "listitem", ["number", "text"],
      (row, pieces, at) => this.fillSource(row, pieces, at));
    this.loop = new LoopPane(view);
    this.lists = [this.events, this.output, this.source, this.loop];
    this.digits = String(run.count).length;
    byID("seek").max = run.count;
    say(byID("program"), run.program);
    say(byID("about"), `${run.clock} clock · ${run.runtime}`);
    byID("notices").hidden = run.notices.length === 0;
    for (const notice of run.notices) element("p", "", byID("notices")).textContent = notice;
  }

  measure() { for (const list of this.lists) list.measure(); }

  draw(isMoved) {
    this.drawHeader();
    this.events.setCount(this.view.run.count, "Nothing happened.");
    if (isMoved) this.events.reveal(this.view.cursor - 1, true);
    this.events.draw();
    this.loop.draw();
    this.drawOutput(isMoved);
    this.drawSource();
    this.drawFindings();
  }

  drawHeader() {
    const { view } = this;
    const { run, cursor } = view;
    const speed = view.speed < 1 ? `1/${Math.round(1 / view.speed)}×` : `${view.speed}×`;
    say(byID("playing"), view.isPlaying ? "▶ playing" : "❚❚ paused");
    say(byID("play"), view.isPlaying ? "❚❚ pause" : "▶ play");
    say(byID("speed"), speed);
    say(byID("time"), timeText(view.time));
    say(byID("tick"), run.tellsNoSteps ? "" : `tick ${run.tickAt(cursor)}`);
    say(byID("step"), run.tellsNoSteps ? "" : `step ${run.stepAt(cursor)} of ${run.stepCount}`);
    say(byID("event"), `event ${cursor} of ${run.count}`);
    say(byID("mode"), `axis: ${Axis.modes[view.axis.mode].name}`);
    byID("ahead").setAttribute("aria-pressed", view.showsAhead);
    byID("hide").setAttribute("aria-pressed", view.hidesOver);
    say(byID("order"), `order: ${view.order}`);
    byID("show-loop").setAttribute("aria-pressed", view.showsLoop);
    const filter = byID("filter");
    if (filter.value !== view.filter) filter.value = view.filter;
    const seek = byID("seek");
    seek.value = cursor;
    seek.setAttribute("aria-valuetext", `event ${cursor} of ${run.count}, ${timeText(view.time)}`);
  }

  fillEvent(row, pieces, event) {
    const { view } = this;
    const { run, cursor } = view;
    const isCurrent = event === cursor - 1;
    const lane = run.laneOf[event];
    const isOurs = lane >= 0 && lane === view.selected;
    const step = run.stepAt(event + 1);
    say(pieces.mark, isCurrent ? "▸" : isOurs ? "•" : " ");
    say(pieces.number, `${String(event + 1).padStart(this.digits)} `);
    say(pieces.when, `${timeText(run.times[event])}  ${step > 0 ? `step ${step}` : "start"}  `);
    const text = run.sentence(event);
    say(pieces.text, text);
    row.title = text;
    row.classList.toggle("current", isCurrent);
    row.classList.toggle("ahead", event >= cursor);
    row.classList.toggle("ours", isOurs);
    row.classList.toggle("match", view.search !== "" && view.matches(event));
    row.setAttribute("aria-selected", isCurrent);
    row.dataset.cursor = event + 1;
    if (isCurrent) this.events.list.setAttribute("aria-activedescendant", row.id);
  }

  // Output, up to the cursor.

  drawOutput(isMoved) {
    const { run, cursor } = this.view;
    this.pieces = endBelow(run.outputEvents, cursor);
    const lines = this.pieces > 0 ? run.lineOf[this.pieces - 1] + 1 : 0;
    this.output.setCount(lines, "Nothing printed yet.");
    if (isMoved) this.output.reveal(lines - 1, false);
    this.output.draw();
  }

  fillOutput(row, pieces, line) {
    const { run, search } = this.view;
    const first = run.outputLines[line];
    const end = Math.min(this.pieces, run.outputLines[line + 1] ?? this.pieces);
    let text = "";
    for (let i = first; i < end; i++) text += run.text(run.outputTexts[i]);
    const who = run.name(run.outputLanes[first]);
    say(pieces.who, `${who.length > 14 ? `${who.slice(0, 13)}…` : who.padEnd(14)} │ `);
    say(pieces.text, text);
    row.title = `${who}\n${text}`;
    row.classList.toggle("stderr", run.outputStreams[first] === 1);
    row.classList.toggle("match", search !== "" && text.toLowerCase().includes(search));
    row.dataset.cursor = run.outputEvents[first] + 1;
  }

  // The text of the selected lane's file.

  drawSource() {
    const { view } = this;
    const { run, cursor, selected } = view;
    const source = run.sourceOf(selected);
    const change = selected < 0 ? -1 : run.changeAt(selected, cursor);
    this.line = source && change >= 0 ? run.changeLines[change] : 0;
    this.lines = source ? source.lines ??= source.text.split("\n") : [];
    const file = selected < 0 ? "" : run.text(run.laneFiles[selected]);
    say(byID("source-title"), source ? `${source.name}:${this.line}` : "source");
    this.source.setCount(
      this.lines.length, file ? `The run has no text of ${file}.` : "The run has no source text.");
    const place = `${file}:${this.line}`;
    if (place !== this.place) this.source.reveal(this.line - 1, true);
    this.place = place;
    this.source.draw();
  }

  fillSource(row, pieces, at) {
    const isCurrent = at + 1 === this.line;
    const number = String(at + 1).padStart(String(this.lines.length).length);
    say(pieces.number, `${number}${isCurrent ? "▸" : " "}`);
    say(pieces.text, this.lines[at]);
    row.classList.toggle("current", isCurrent);
    row.setAttribute("aria-current", isCurrent);
  }

  // Findings, the newest last. Of very many the last 200 are shown.

  drawFindings() {
    const { run, cursor } = this.view;
    const isSo = finding => finding.event < cursor && cursor < (finding.until ?? Infinity);
    const found = run.findings.filter(isSo);
    say(byID("findings-title"), found.length > 0 ? `findings ${found.length}` : "findings");
    if (this.found?.length === found.length && found.every((one, i) => one === this.found[i])) return;
    this.found = found;
    const list = byID("finding-list");
    list.replaceChildren();
    for (const remark of [...run.notices, ...run.remarks]) coloured("p", "warning", remark, list);
    if (found.length > 200) coloured("p", "muted", `${found.length - 200} before these`, list);
    for (const finding of found.slice(-200)) {
      const entry = element("p", "", list);
      makeLink(entry, "cursor", finding.event + 1);
      coloured("span", "muted", `${timeText(run.times[finding.event] ?? 0)}  `, entry);
      if (finding.lane > 0) coloured("span", "accent", `${run.fullName(finding.lane - 1, cursor)}  `, entry);
      const [role, mark] = finding.fault ? ["error", "✗"] : ["warning", "!"];
      coloured("span", role, `${mark} ${finding.text}`, entry);
    }
    if (list.childElementCount === 0) {
      coloured("p", "muted", "Nothing has gone wrong so far.", list);
    }
    list.scrollTop = list.scrollHeight;
  }
}

/** Makes an element lead to a moment, or to a lane, by a click and by Enter. */
function makeLink(element, kind, target) {
  element.dataset[kind] = target;
  element.tabIndex = 0;
  element.setAttribute("role", "link");
}

/** An element that says something in a role's colour. */
function coloured(name, role, text, parent) {
  const made = element(name, `role-${role}`, parent);
  made.style.color = `var(--${role})`;
  made.textContent = text;
  return made;
}
