// What is known of the request that is being answered, for code that the provider calls back.

import { AsyncLocalStorage } from 'node:async_hooks';

const store = new AsyncLocalStorage();

/** `{ base, tenant, correlation, route, form, forge }`; `tenant` is `null` for `organizations`. */
export const context = () => store.getStore() ?? {};

export const within = (about, work) => store.run(about, work);
