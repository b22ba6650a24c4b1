import type { Finding } from "@sentinode/core/radiomics";

/** How a command talks: results on stdout, talk on stderr. */
export interface Terminal {
  readonly json: boolean;
  /** A sentence for a person, on stdout unless `--json` or `--quiet`. */
  say(text: string): void;
  /** A warning, on stderr. */
  warn(finding: Finding): void;
  /** Long work: `done` of `total` of a named step. */
  progress(step: string, done: number, total: number): void;
  /** Ends a progress line. */
  endProgress(): void;
}

/** Where a terminal writes and what time it is: the process, or a test. */
export interface TerminalStreams {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly isInteractive: boolean;
  readonly now: () => number;
}

/**
 * A terminal that obeys `--json` and `--quiet`.
 *
 * @param streams Where to write.
 * @param mode The two switches.
 */
export function createTerminal(
  streams: TerminalStreams,
  mode: { readonly json: boolean; readonly quiet: boolean },
): Terminal {
  let step = "";
  let started = 0;
  let shownAt = 0;
  let lineOpen = false;
  const pauseMs = streams.isInteractive || mode.json ? 200 : 5000;
  const endProgress = () => {
    if (lineOpen) streams.error("\n");
    lineOpen = false;
  };
  return {
    json: mode.json,
    say: (text) => {
      if (mode.json || mode.quiet) return;
      endProgress();
      streams.out(`${printable(text)}\n`);
    },
    warn: (finding) => {
      if (mode.quiet) return;
      endProgress();
      if (mode.json) streams.error(`${JSON.stringify({ finding })}\n`);
      else streams.error(`${finding.severity}: ${printable(finding.message)}\n`);
    },
    progress: (name, done, total) => {
      if (mode.quiet) return;
      const now = streams.now();
      if (name !== step) {
        endProgress();
        [step, started, shownAt] = [name, now, 0];
      }
      const last = done === total;
      if (!last && now - shownAt < pauseMs) return;
      shownAt = now;
      const text = (mode.json ? progressJson : progressText)(
        { step: name, done, total },
        (now - started) / 1000,
      );
      if (mode.json) streams.error(`${text}\n`);
      else if (streams.isInteractive) streams.error(`\r\u001b[2K${text}${last ? "\n" : ""}`);
      else streams.error(`${text}\n`);
      lineOpen = streams.isInteractive && !mode.json && !last;
    },
    endProgress,
  };
}

interface Progress {
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

/** Null before anything is done. */
function secondsLeft({ done, total }: Progress, elapsed: number): number | null {
  return done === 0 ? null : (elapsed / done) * (total - done);
}

function progressJson(progress: Progress, elapsed: number): string {
  const left = secondsLeft(progress, elapsed);
  return JSON.stringify({ progress: { ...progress, secondsLeft: left === null ? null : Math.round(left) } });
}

function progressText(progress: Progress, elapsed: number): string {
  const { step, done, total } = progress;
  const left = secondsLeft(progress, elapsed);
  const estimate = left === null || done === total ? "" : `, about ${duration(left)} left`;
  return `${step}: ${done} of ${total}${estimate}`;
}

/** Text without control characters: names from data must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}

function duration(seconds: number): string {
  if (seconds < 60) return `${String(Math.max(1, Math.round(seconds)))} s`;
  return `${String(Math.round(seconds / 60))} min`;
}
