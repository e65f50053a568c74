// The provider's in-memory storage of sessions, codes and tokens.

const DAY_MS = 86_400_000;

/** All records, by model and id. */
const records = new Map();

/** Deletes all records of these models. */
export function forget(...models) {
  for (const key of records.keys()) {
    if (models.includes(key.split(':', 1)[0])) records.delete(key);
  }
}

/** The records of a model. */
export function* all(model) {
  for (const [key, { payload }] of records) {
    if (key.startsWith(`${model}:`)) yield payload;
  }
}

/** `mayRevoke` returns whether the current request may revoke a grant's tokens. */
export function adapter(mayRevoke) {
  return class {
    constructor(model) {
      this.model = model;
    }

    key(id) {
      return `${this.model}:${id}`;
    }

    async upsert(id, payload, expiresIn) {
      // Keep expired records for a while, so that the provider can distinguish them from unknown ones.
      const more = ['AuthorizationCode', 'RefreshToken'].includes(this.model) ? DAY_MS : 0;
      records.set(this.key(id), { payload, until: expiresIn ? Date.now() + expiresIn * 1000 + more : Infinity });
    }

    async find(id) {
      const found = records.get(this.key(id));
      return found && found.until > Date.now() ? found.payload : undefined;
    }

    async findByUid(uid) {
      for (const payload of all(this.model)) if (payload.uid === uid) return payload;
      return undefined;
    }

    async findByUserCode() {
      return undefined;
    }

    async consume(id) {
      const found = records.get(this.key(id));
      if (found) found.payload.consumed = Math.floor(Date.now() / 1000);
    }

    async destroy(id) {
      if (this.model !== 'Grant' || mayRevoke()) records.delete(this.key(id));
    }

    async revokeByGrantId(grantId) {
      if (!mayRevoke()) return;
      for (const [key, { payload }] of records) {
        if (key.startsWith(`${this.model}:`) && payload.grantId === grantId) records.delete(key);
      }
    }
  };
}
