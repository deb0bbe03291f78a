/** The time of day as views need it: it moves twice a second while somebody looks. */
import { onMount } from 'svelte';

export function now(): { readonly ms: number } {
  let ms = $state(Date.now());
  onMount(() => {
    const timer = setInterval(() => (ms = Date.now()), 500);
    return () => clearInterval(timer);
  });
  return {
    get ms() {
      return ms;
    },
  };
}
