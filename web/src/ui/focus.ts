/** Moves the focus to what has just appeared: a verdict must not be missed. */
export function focusOnMount(node: HTMLElement): void {
  node.focus({ preventScroll: false });
}
