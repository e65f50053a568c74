// The context of the current request, for the provider's callbacks.

import { AsyncLocalStorage } from 'node:async_hooks';

const store = new AsyncLocalStorage();

/** `{ base, route }`, and for a token request `tenant` (`null` for `organizations`), `correlation`, `form`, `resource`, `forge`. */
export const context = () => store.getStore() ?? {};

export const within = (about, work) => store.run(about, work);
