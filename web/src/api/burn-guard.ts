/** What the page holds while a burn runs: the drive's lock, the screen, and the tab. */

export class BurnGuard {
  #letGo: (() => void) | undefined;
  #wake: WakeLockSentinel | undefined;
  #holding = false;
  readonly #lockName: string;

  constructor(drive: string) {
    // Every tab has a simulated drive of its own; all others are the same drive in each.
    this.#lockName = drive === 'page-sim' ? `burn:page-sim:${crypto.randomUUID()}` : `burn:${drive}`;
  }

  /** `false`: another tab holds this drive. A page that holds a Web Lock is not frozen in the background either. */
  async hold(): Promise<boolean> {
    if (!(await this.#lock())) return false;
    this.#holding = true;
    addEventListener('beforeunload', stay);
    document.addEventListener('visibilitychange', this.#keepAwake);
    this.#keepAwake();
    return true;
  }

  release(): void {
    this.#holding = false;
    removeEventListener('beforeunload', stay);
    document.removeEventListener('visibilitychange', this.#keepAwake);
    this.#wake?.release().catch(() => undefined);
    this.#letGo?.();
  }

  async #lock(): Promise<boolean> {
    if (!('locks' in navigator)) return true;
    const { promise: released, resolve: letGo } = pending<void>();
    const { promise: answered, resolve: answer } = pending<boolean>();
    this.#letGo = letGo;
    const held = navigator.locks.request(this.#lockName, { ifAvailable: true }, (lock) => {
      answer(lock !== null);
      return lock === null ? undefined : released;
    });
    // Locks are refused in some settings (storage switched off); that is no reason not to burn.
    held.catch(() => answer(true));
    return answered;
  }

  /** A wake lock ends when the page is hidden, so it is asked for again whenever it shows. */
  readonly #keepAwake = (): void => {
    if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return;
    navigator.wakeLock.request('screen').then(
      (sentinel) => {
        if (this.#holding) this.#wake = sentinel;
        else void sentinel.release();
      },
      () => undefined,
    );
  };
}

function stay(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function pending<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
