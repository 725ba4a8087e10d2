// Why the selected lane is in its state, and why its last step ran when it did.

class Why {
  constructor(view) {
    this.view = view;
    this.pane = byID("reasons");
  }

  draw() {
    const { view, pane } = this;
    const { run, cursor, selected } = view;
    const key = `${selected} ${cursor}`;
    if (key === this.key) return;
    this.key = key;
    pane.replaceChildren();
    const change = selected < 0 ? -1 : run.changeAt(selected, cursor);
    if (change < 0) {
      coloured("p", "muted", "No lane is chosen.", pane);
      return;
    }
    this.sayState(selected, change, "state");
    // At the end of the run the whole reason is known; before it, what brought the state.
    const whole = cursor === run.count ? run.reasons[selected + 1] : undefined;
    if (whole?.length) {
      for (const text of whole) this.sayReason(run.text(text));
    } else {
      this.sayChange(change);
      this.followWaits(selected, change);
    }
    this.saySteps(selected, change);
    if (change !== run.firstChange[selected]) this.sayCreation(selected);
    pane.scrollTop = 0;
  }

  sayState(lane, change, className) {
    const { run, cursor } = this.view;
    const state = run.stateOf(change);
    const line = element("p", className, this.pane);
    element("span", "", line).textContent = `${run.name(lane)}  `;
    coloured("span", state.role, `${state.glyph} ${run.words(change, cursor)}`, line);
    makeLink(line, "place", lane);
  }

  /** The event that brought a state, and when. */
  sayChange(change) {
    const { run } = this.view;
    const event = run.changeEvents[change];
    const step = run.stepAt(event + 1);
    const line = element("p", "", this.pane);
    line.textContent =
      `since ${timeText(run.times[event])}${step > 0 ? `, step ${step}` : ""}: ${run.sentence(event)}`;
    makeLink(line, "cursor", event + 1);
  }

  sayCreation(lane) {
    const { run } = this.view;
    const event = run.created[lane];
    const text = `${timeText(run.times[event])}: ${run.sentence(event)}`;
    const line = coloured("p", "muted", text, this.pane);
    makeLink(line, "cursor", event + 1);
  }

  sayReason(text) { element("p", "", this.pane).textContent = text; }

  /** What it waits for, what that waits for, and so on while there is just one. */
  followWaits(lane, change) {
    const { run, cursor } = this.view;
    const seen = new Set([lane]);
    while (seen.size < 6) {
      const state = run.stateOf(change).role;
      const next = run.changeOn[change];
      if (next < 0 || seen.has(next) || state !== "awaiting" && state !== "waiting") return;
      change = run.changeAt(next, cursor);
      if (change < 0) return;
      seen.add(next);
      this.sayState(next, change, "");
    }
  }

  /** Why the step ran in which its code was on the loop last. */
  saySteps(lane, change) {
    const { run } = this.view;
    let ran = change;
    while (ran >= run.firstChange[lane] && run.stateOf(ran).role !== "running") ran--;
    if (ran < run.firstChange[lane]) return;
    const step = run.stepAt(run.changeEvents[ran] + 1);
    const when = step > 0 ? `in step ${step}` : "before step 1";
    const text = `It ${ran === change ? "runs now" : "last ran"} ${when}.`;
    const line = coloured("p", "muted", text, this.pane);
    makeLink(line, "cursor", run.changeEvents[ran] + 1);
    for (const reason of run.stepReasons(step)) {
      const line = element("p", "", this.pane);
      line.textContent = reason.text;
      makeLink(line, "cursor", run.stepStarts[reason.step - 1]);
    }
  }
}
