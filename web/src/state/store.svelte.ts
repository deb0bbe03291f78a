/** The one place where state lives. Views read `store.state` and call `store.actions`. */
import type { Engine } from '../api/engine';
import { announce, type Announcement } from './announce';
import { Controller } from './controller';
import type { Event } from './events';
import { reduce } from './reduce';
import { initial, type State } from './state';

export interface Store {
  readonly state: State;
  /** The latest thing to tell politely; a new object each time. */
  readonly announcement: Announcement | null;
  readonly actions: Controller;
}

export function createStore(start: () => Promise<Engine>, from: State = initial): Store {
  let state = $state.raw(from);
  let announcement = $state.raw<Announcement | null>(null);
  const dispatch = (event: Event) => {
    const next = reduce(state, event);
    announcement = announce(state, next) ?? announcement;
    state = next;
  };
  const actions = new Controller({ start, get: () => state, dispatch });
  return {
    get state() {
      return state;
    },
    get announcement() {
      return announcement;
    },
    actions,
  };
}
