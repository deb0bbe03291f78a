/** Shows one state of the page by the address: /#burning. For looking at screens; no engine runs here. */
import { mount } from 'svelte';
import { createStore } from '../../../web/src/state/store.svelte';
import { states } from '../../../web/src/testing/states';
import App from '../../../web/src/ui/App.svelte';
import '../../../web/src/styles/index.css';

const all = states();
const name = location.hash.slice(1) || 'first';
const [state, theme] = name.split('/');
if (theme !== undefined) localStorage.setItem('webburn:theme', theme);
const target = document.getElementById('app');
if (target !== null) mount(App, { target, props: { store: createStore(() => new Promise(() => {}), all[state ?? 'first'] ?? all['first']) } });
