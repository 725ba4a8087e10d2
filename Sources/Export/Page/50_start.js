// The page: it reads the run, goes to the moment that the address names, and draws.

/** `#event=31&lane=2`: the moment, and the lane that was chosen, so that one can send them. */
function writeAddress(view, isNow = false) {
  clearTimeout(writeAddress.timer);
  const write = () => {
    const lane = view.chosen >= 0 ? `&lane=${view.run.laneIDs[view.chosen]}` : "";
    // Browsers allow some hundred of these a minute, and none in some places.
    try { history.replaceState(null, "", `#event=${view.cursor}${lane}`); } catch { /* It stays. */ }
  };
  if (isNow) write(); else writeAddress.timer = setTimeout(write, 300);
}

function readAddress(view) {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const [event, lane] = [wanted.get("event"), wanted.get("lane")];
  if (event !== null && /^\d+$/.test(event)) view.seek(Number(event));
  if (lane !== null && /^\d+$/.test(lane)) view.chosen = view.run.laneIDs.indexOf(Number(lane));
}

/** What the program is about, if it says so, above the lanes; closed until somebody wants to read it. */
function fillLesson(lesson) {
  if (!lesson) return;
  byID("lesson").hidden = false;
  say(byID("lesson-title"), lesson.title);
  say(byID("lesson-note"), lesson.note.join("\n"));
  byID("lesson").classList.toggle("short", lesson.note.length < 2 && !lesson.note[0]);
}

/** What the words mean that the sentences are made of. */
function fillWords(words) {
  for (const [word, meaning] of words) {
    say(element("dt", "", byID("words")), word);
    say(element("dd", "", byID("words")), meaning);
  }
}

function start() {
  const run = new Run(JSON.parse(byID("run").textContent));
  const view = new View(run);
  const lanes = new Lanes(view);
  const panes = new Panes(view);
  const why = new Why(view);
  /** The frame that is asked for, what has happened since the last one, and when that was. */
  let wanted = 0;
  let hasMoved = false;
  let isResized = false;
  let last = 0;

  function draw(isMoved) {
    view.refresh();
    lanes.draw(isMoved);
    panes.draw(isMoved);
    why.draw();
    tell();
  }

  /** What there is to tell, else the event that led to the moment shown: a screen reader says it. */
  function tell() {
    const { cursor, message } = view;
    const place = byID("message");
    place.setAttribute("aria-live", view.isPlaying ? "off" : "polite");
    place.classList.toggle("told", message !== "");
    say(place, message || (cursor > 0 ? `event ${cursor}: ${run.sentence(cursor - 1)}` : "The start."));
  }

  /** Where the axis has become wider or narrower, the moment shown must be on it again. */
  function measure() {
    const { width } = view.axis;
    lanes.measure();
    panes.measure();
    hasMoved ||= view.axis.width !== width;
  }

  /** Draws before the next frame; what is played goes on from there. */
  function changed(isMoved) {
    hasMoved ||= isMoved;
    if (!wanted) wanted = requestAnimationFrame(frame);
    if (isMoved && !view.isPlaying) writeAddress(view);
  }

  function frame(now) {
    wanted = 0;
    if (isResized) measure();
    isResized = false;
    if (view.isPlaying) {
      // After a pause, or in a tab that was not seen, no time has passed.
      if (last > 0) view.pass(Math.min(now - last, 250) * 1e6);
      last = now;
      hasMoved = true;
    }
    draw(hasMoved);
    hasMoved = false;
    if (view.isPlaying) wanted = requestAnimationFrame(frame); else last = 0;
  }

  for (const state of run.states) {
    const bar = state.bar === " " ? "   " : state.bar.repeat(3);
    coloured("li", state.role, `${state.glyph} ${state.letter} ${bar} ${state.word}`, byID("legend"));
  }
  fillLesson(run.lesson);
  fillWords(run.glossary);
  fillPath(run.path);
  readAddress(view);
  measure();
  // A whole run that fits is shown as a whole, a longer one as the terminal shows it.
  if (view.axis.end > view.axis.width) view.axis.zoom = 0; else view.axis.fit();
  view.axis.zoom = Math.min(view.axis.zoom, 2);
  draw(true);
  new Keys(view, lanes, changed);
  // What has changed may not be drawn yet: a list that scrolls waits for that, in the same frame.
  addEventListener("scroll", () => changed(false), { capture: true, passive: true });
  addEventListener("hashchange", () => { readAddress(view); changed(true); });
  new ResizeObserver(() => {
    isResized = true;
    changed(false);
  }).observe(byID("tree"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    lanes.bars.learnColours();
    changed(false);
  });
}

start();
