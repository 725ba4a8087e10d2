// The loop: the turn it is in, the handle that runs, the ready queue in order with the cause of each
// entry, the timers by deadline, and the locks, queues and the like.

class LoopPane {
  constructor(view) {
    this.view = view;
    this.rows = new Rows(
      byID("loop-list"), "listitem", ["before", "words", "after"],
      (row, pieces, at) => this.fill(row, pieces, this.lines[at]));
  }

  /** Learns for how many letters a line has room. */
  measure() {
    this.rows.measure();
    const probe = element("div", "", this.rows.seen);
    probe.style.width = "100ch";
    this.columns = Math.floor((this.rows.list.clientWidth - 20) / probe.offsetWidth * 100);
    probe.remove();
    this.cursor = -1;
  }

  draw() {
    const { view, rows } = this;
    // Where it is closed it has no height.
    if (rows.height === 0) return;
    if (this.cursor !== view.cursor) this.lines = this.list(view.run, view.cursor);
    this.cursor = view.cursor;
    rows.setCount(
      this.lines.length,
      "The recording tells of tasks alone: of no step, ready queue, timer or lock.");
    rows.draw();
  }

  fill(row, pieces, line) {
    say(pieces.before, line.before ?? "");
    say(pieces.words, line.words ?? "");
    say(pieces.after, line.after ?? "");
    row.title = row.textContent;
    row.classList.add(line.kind);
  }

  list(run, cursor) {
    if (run.tellsNoSteps) return [];
    const { loop } = run;
    const running = loop.runningAt(cursor);
    const ready = loop.readyAt(cursor);
    const timers = loop.timersAt(cursor);
    const resources = loop.resourcesAt(cursor);
    const lines = [
      { kind: "moment", words: `tick ${run.tickAt(cursor)}  step ${run.stepAt(cursor)}` },
    ];
    if (running >= 0) lines.push({ kind: "runs", before: "runs  ", words: loop.words(running) });
    lines.push({ kind: "heading", words: `ready ${ready.length}` });
    ready.forEach((handle, i) => {
      const line = { kind: "ready", before: `${i + 1} `, words: loop.words(handle) };
      const after = `  ${loop.cause(handle)}`;
      lines.push(line);
      // Where the cause has no room beside the words it stands below them.
      const fits = line.before.length + line.words.length + after.length <= this.columns;
      if (fits) line.after = after; else lines.push({ kind: "cause", after: `  ${after}` });
    });
    lines.push({ kind: "heading", words: `timers ${timers.length}` });
    for (const { when, words } of timers) {
      lines.push({ kind: "timer", before: `${timeText(when)} `, words: run.text(words) });
    }
    if (resources.length === 0) return lines;
    lines.push({ kind: "heading", words: `locks and queues ${resources.length}` });
    for (const { name, waiting, use } of resources) {
      const after = `${waiting > 0 ? `${waiting} waiting  ` : ""}${use}`;
      lines.push({ kind: "resource", words: `${name}  `, after });
    }
    return lines;
  }
}
