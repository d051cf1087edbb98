import type { Unsubscribe } from '../api/observable.js';
import { hidden } from '../connection/surroundings.js';
import { Watchdog } from '../connection/watchdog.js';

/** Who touched nothing for so long is not there, in milliseconds. */
const IDLE_MS = 300_000;
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus'];

/** In browsers: says whether somebody looks at the page and touched something lately. */
export function watchInput(now: () => number, say: (active: boolean) => void): Unsubscribe {
  if (typeof window === 'undefined' || typeof document === 'undefined') return () => {};
  let armed = false;
  const idle = new Watchdog(now, () => rest());
  const rest = (): void => {
    armed = false;
    idle.stop();
    say(false);
  };
  const used = (): void => {
    if (hidden()) return;
    // Inputs come by the hundred: they only move the hand of a clock that runs.
    if (armed) idle.heard();
    else idle.watch(IDLE_MS);
    armed = true;
    say(true);
  };
  const changed = (): void => (hidden() ? rest() : used());
  const how = { capture: true, passive: true };
  for (const input of INPUTS) window.addEventListener(input, used, how);
  document.addEventListener('visibilitychange', changed);
  changed();
  return () => {
    idle.stop();
    for (const input of INPUTS) window.removeEventListener(input, used, how);
    document.removeEventListener('visibilitychange', changed);
  };
}
