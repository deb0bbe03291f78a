import { mount } from 'svelte';
import { startEngine } from './api/engine';
import { createStore } from './state/store.svelte';
import App from './ui/App.svelte';
import './styles/index.css';

const target = document.getElementById('app');
if (target !== null) {
  const store = createStore(startEngine);
  mount(App, { target, props: { store } });
  void store.actions.start();
}
