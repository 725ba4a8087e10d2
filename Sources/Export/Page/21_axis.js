// The run as columns: a column is a slice of time or an event, as on the screen of loopscope.
//
// Time alone would hide the order of what happens at one instant, and order alone would hide how long
// things take. So event i at time t ends at t × pixels per second + (i + 1) × pixels per event.

class Axis {
  static modes = [
    { name: "mixed", says: "A column is an event or a slice of time." },
    { name: "time", says: "A column is a slice of time." },
    { name: "events", says: "A column is an event." },
  ];
  /** Pixels of a column where a column is an event. */
  static column = 8;

  constructor(run) {
    this.run = run;
    this.mode = 0;
    /** Each step doubles the scale; 0 is a column an event and 6 columns a second. */
    this.zoom = 0;
    /** Position of the window's left edge, and its width. */
    this.left = 0;
    this.width = 100;
    /** How many events have begun left of the window, and of its right edge. */
    this.cursorAtLeft = 0;
    this.cursorAtRight = 0;
  }

  get scale() { return 2 ** this.zoom * Axis.column; }
  get perEvent() { return this.mode === 1 ? 0 : this.scale; }
  get perNanosecond() { return this.mode === 2 ? 0 : 6e-9 * this.scale; }

  /** Pixels from the start of the run to a moment at which so many events have happened. */
  position(time, events) { return time * this.perNanosecond + events * this.perEvent; }

  /** Where what an event brings begins, in the window: its own column belongs to it. */
  x(event) { return this.position(this.run.times[event], event) - this.left; }

  /** How many events have begun left of a place in the window. */
  cursorAt(x) {
    const edge = x + this.left;
    return prefixEnd(0, this.run.count, i => this.position(this.run.times[i], i) < edge);
  }

  /** For each pixel of the window, how many events have begun left of its right edge. */
  edges() {
    const edges = new Uint32Array(this.width);
    let next = this.cursorAt(0);
    for (let x = 0; x < this.width; x++) {
      next = this.width < 64 || this.perEvent < .5
        ? prefixEnd(next, this.run.count, i => this.x(i) < x + 1) : this.walk(next, x + 1);
      edges[x] = next;
    }
    return edges;
  }

  walk(next, x) {
    while (next < this.run.count && this.x(next) < x) next++;
    return next;
  }

  /** The moment at a place of the window: time passes evenly after an event, up to the next one. */
  timeAt(x) {
    const events = prefixEnd(0, this.run.count, i => this.x(i) + this.perEvent <= x);
    const start = this.run.timeAt(events);
    if (this.perNanosecond === 0) return start;
    const rest = x + this.left - this.position(start, events);
    const next = events < this.run.count ? this.run.times[events] : start;
    return start + Math.min(Math.max(0, rest) / this.perNanosecond, next - start);
  }

  /** Keeps the moment shown in the window, which goes on by half of itself. */
  follow(time, cursor) {
    const position = this.position(time, cursor);
    if (position >= this.left && position <= this.left + this.width - 1) return;
    const half = Math.max(1, Math.floor(this.width / 2));
    const page = Math.max(0, Math.floor((position - half) / half));
    this.left = position < this.width ? 0 : page * half;
  }

  get end() { return this.position(this.run.timeAt(this.run.count), this.run.count); }

  scroll(pixels) {
    this.left = Math.min(Math.max(0, this.left + pixels), Math.max(0, this.end - this.width / 2));
  }

  /** Zooms so that one position stays where it is in the window. */
  zoomBy(steps, time, cursor, x) {
    const zoom = this.zoom + steps;
    if (zoom < -24 || zoom > 12) return false;
    this.zoom = zoom;
    this.left = Math.max(0, this.position(time, cursor) - x);
    return true;
  }

  /** Chooses the finest scale on which the whole run is in the window. */
  fit() {
    this.zoom = 12;
    while (this.zoom > -24 && this.end > this.width - 12) this.zoom--;
    this.left = 0;
  }

  /**
   * Distances that read well, in nanoseconds: 1, 2 and 5 times a power of ten up to 200 s, then minutes
   * and hours as a clock's face has them, then days.
   */
  static spans = (() => {
    const decimal = Array.from({ length: 19 }, (_, power) => [1, 2, 5].map(n => n * 10 ** power)).flat();
    return [...decimal.filter(span => span <= 2e11),
      ...[10, 20, 30, 60, 120, 180, 360, 720].map(minutes => minutes * 6e10),
      ...decimal.filter(days => days <= 1e5).map(days => days * 864e11)];
  })();

  /** The moments that are labelled: a round span apart, some 90 pixels. */
  labels(until) {
    const first = this.timeAt(0);
    const last = this.timeAt(this.width);
    const wanted = Math.max(1, (last - first) / Math.max(1, this.width / 90));
    const unit = Axis.spans.find(span => span >= wanted) ?? Axis.spans.at(-1);
    const labels = this.left === 0 ? [{ x: 0, time: 0 }] : [];
    // Of so many nanoseconds that one more is no other number, one moment cannot be told from the next.
    if (last <= first || last + unit === last) return labels;
    const next = (Math.floor(first / unit) + 1) * unit;
    for (let time = next; time <= last && labels.length < 400; time += unit) {
      const events = prefixEnd(0, this.run.count, i => this.run.times[i] < time);
      const x = this.position(time, events) - this.left;
      const former = labels[labels.length - 1];
      if (x > until) break;
      if (!former || x - former.x > 60) labels.push({ x, time });
    }
    return labels;
  }
}
