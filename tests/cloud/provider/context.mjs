// What is known of the request that is being answered, for code that the provider calls back.

import { AsyncLocalStorage } from 'node:async_hooks';

const store = new AsyncLocalStorage();

/** `{ base, route }`, and of a token request `tenant` (`null` for `organizations`), `correlation`, `form`, `resource`, `forge`. */
export const context = () => store.getStore() ?? {};

export const within = (about, work) => store.run(about, work);
