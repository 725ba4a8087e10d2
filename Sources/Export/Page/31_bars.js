// The histories of lanes on one axis, as bars of one texture for each state.

/** A canvas in pixels of the page, however dense those of the screen are. */
function prepare(canvas, width, height) {
  const density = window.devicePixelRatio || 1;
  const [columns, rows] = [Math.round(width * density), Math.round(height * density)];
  if (canvas.width !== columns || canvas.height !== rows) {
    canvas.width = columns;
    canvas.height = rows;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  const context = canvas.getContext("2d");
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** What the bars of the terminal are drawn with, as textures of four by four pixels, a bit for each. */
const textures = {
  "█": [15, 15, 15, 15], "▒": [5, 10, 5, 10], "░": [1, 0, 4, 0], "?": [2, 5, 0, 2],
  "─": [15], "╌": [7], "┄": [3],
};

class Bars {
  constructor(view) {
    this.view = view;
    this.run = view.run;
    this.learnColours();
    /** For each lane, the events in which the program's runtime complained of it. */
    this.complaints = new Map();
    for (const finding of this.run.findings) {
      if (finding.lane === 0) continue;
      const lane = finding.lane - 1;
      if (!this.complaints.has(lane)) this.complaints.set(lane, []);
      this.complaints.get(lane).push(finding.event);
    }
  }

  /** Takes the colours of the roles from the style, where they differ on light and on dark. */
  learnColours() {
    const style = getComputedStyle(document.documentElement);
    this.colour = role => style.getPropertyValue(`--${role}`).trim() || style.color;
    this.looks = this.run.states.map(state => ({
      ...state, isOver: state.bar === " ", isRunning: state.role === "running",
      isThin: "─╌┄".includes(state.bar), colour: this.colour(state.role),
    }));
    this.running = this.looks.find(look => look.isRunning);
    for (const look of this.looks) look.fill = this.texture(look);
  }

  texture(look) {
    const rows = textures[look.bar];
    if (!rows || look.isRunning) return look.colour;
    const tile = document.createElement("canvas");
    [tile.width, tile.height] = [4, rows.length];
    const context = tile.getContext("2d");
    context.fillStyle = look.colour;
    rows.forEach((bits, y) => {
      for (let x = 0; x < 4; x++) if (bits >> x & 1) context.fillRect(x, y, 1, 1);
    });
    return context.createPattern(tile, "repeat");
  }

  /** Draws the bars of the rows that are seen. */
  draw(context, rows, rowHeight, offset) {
    const { view, run } = this;
    const axis = view.axis;
    this.context = context;
    this.edges = null;
    context.font = "12px ui-monospace, 'DejaVu Sans Mono', monospace";
    context.textBaseline = "middle";
    const now = Math.min(axis.width, axis.position(view.time, view.cursor) - axis.left);
    rows.forEach((lane, i) => {
      const y = offset + i * rowHeight;
      context.globalAlpha = 1;
      this.drawLane(lane, y, rowHeight, 0, now, 0, view.cursor);
      if (view.showsAhead) {
        context.globalAlpha = .35;
        this.drawLane(lane, y, rowHeight, Math.max(0, now), axis.width, view.cursor, run.count);
      }
      this.drawComplaints(lane, y, rowHeight);
    });
    context.globalAlpha = 1;
    context.fillStyle = this.colour("accent");
    if (now >= 0) context.fillRect(Math.round(now), 0, 1, 1e5);
  }

  /**
   * Draws what a lane did between two cursors, from one place of the window to another. Where more
   * happens than there are pixels, a pixel shows what holds at its end, but a lane that ran in it
   * shows that it did, however short.
   */
  drawLane(lane, y, height, from, to, since, until) {
    const { run, view } = this;
    const axis = view.axis;
    const last = run.firstChange[lane + 1];
    const first = run.firstChange[lane];
    const begun = Math.max(axis.cursorAtLeft, since);
    let change = Math.max(first, endBelow(run.changeEvents, begun, first, last) - 1);
    const end = endBelow(run.changeEvents, Math.min(until, axis.cursorAtRight), change, last);
    if (end - change > 2 * axis.width) return this.drawDense(y, height, from, to, change, end, until);
    const runs = [];
    for (; change < end; change++) {
      const look = this.looks[run.changeStates[change]];
      const event = run.changeEvents[change];
      const x = axis.x(event);
      if (look.isOver) {
        if (event >= since) this.drawGlyph(look, x, y, height);
        continue;
      }
      const start = Math.max(from, x);
      const next = change + 1 < end ? axis.x(run.changeEvents[change + 1]) : to;
      if (look.isRunning) runs.push(start, Math.max(next, start + 1));
      else if (Math.min(next, to) > start) this.fill(look, start, Math.min(next, to), y, height);
    }
    for (let i = 0; i < runs.length; i += 2) {
      this.fill(this.running, runs[i], runs[i + 1], y, height);
    }
  }

  drawDense(y, height, from, to, change, end, until) {
    const { run, looks } = this;
    this.edges ??= this.view.axis.edges();
    for (let x = Math.floor(from); x < to && x < this.edges.length; x++) {
      const edge = Math.min(this.edges[x], until);
      const next = endBelow(run.changeEvents, edge, change, end);
      if (next === change) continue;
      const held = next - 1;
      // Between two turns of a lane stand at most two other states.
      let look = looks[run.changeStates[held]];
      for (let i = Math.max(change + 1, next - 4); i < next; i++) {
        if (looks[run.changeStates[i]].isRunning) look = this.running;
      }
      const last = looks[run.changeStates[held]];
      if (last.isOver) {
        if (held > change) this.drawGlyph(last, x, y, height);
      } else {
        this.fill(look, x, x + 1, y, height);
      }
      change = held;
    }
  }

  fill(look, from, to, y, height) {
    const thick = look.isThin ? 2 : look.isRunning ? height - 6 : height - 10;
    this.context.fillStyle = look.fill;
    this.context.fillRect(from, Math.round(y + (height - thick) / 2), to - from, thick);
  }

  drawGlyph(look, x, y, height) {
    this.context.fillStyle = look.colour;
    this.context.fillText(look.glyph, x, y + height / 2);
  }

  drawComplaints(lane, y, height) {
    const { view } = this;
    this.context.fillStyle = this.colour("warning");
    for (const event of this.complaints.get(lane) ?? []) {
      if (event >= view.cursor && !view.showsAhead) continue;
      this.context.fillText("!", view.axis.x(event), y + height / 2);
    }
  }

  /** Whether the program's runtime has complained of a lane. */
  isComplainedOf(lane) { return (this.complaints.get(lane)?.[0] ?? Infinity) < this.view.cursor; }

  drawAxis(context) {
    const { view } = this;
    const axis = view.axis;
    const now = axis.position(view.time, view.cursor) - axis.left;
    context.font = "11px ui-monospace, 'DejaVu Sans Mono', monospace";
    context.textBaseline = "middle";
    context.fillStyle = this.colour("muted");
    for (const { x, time } of axis.labels(view.showsAhead ? axis.width : now)) {
      context.fillRect(Math.round(x), 12, 1, 10);
      const text = shortTimeText(time);
      const isCovered = now > x - 6 && now < x + 9 + context.measureText(text).width;
      if (!isCovered || now >= axis.width) context.fillText(text, x + 3, 11);
    }
    context.fillStyle = this.colour("marker");
    for (const marker of view.allMarkers) {
      const x = axis.position(view.run.timeAt(marker), marker) - axis.left;
      if (marker <= view.cursor && x >= 0 && x <= axis.width) context.fillText("◆", x - 4, 15);
    }
    context.fillStyle = this.colour("accent");
    if (now >= 0 && now <= axis.width) context.fillText("▼", now - 4, 15);
  }
}
