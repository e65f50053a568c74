// React 19 sets properties and listens to events of custom elements by itself; identity-portal.d.ts, beside this, tells TypeScript which.
// In React 18, set properties and listeners in an effect, through a ref.
import "https://identity.example/embed.js";
import { useState } from "react";
import type { IdentityPortalEvents } from "./embed";

/** Azure Resource Manager, and nothing else, whatever is asked for. */
const ARM = ["https://management.azure.com/.default"];

type Props = {
  team: string;
  acquireToken: (scopes: string[], claims?: string) => Promise<string>;
};

export function NewIdentity({ team, acquireToken }: Props) {
  const [made, setMade] = useState<IdentityPortalEvents["created"]>();
  if (made) return <p role="status">Created {made.name}, client ID {made.clientId}.</p>;
  return (
    <identity-portal
      src="https://identity.example/"
      instance={team}
      prefill={{ tags: { Team: team } }}
      fixed={["tags"]}
      tokenProvider={({ claims }) => acquireToken(ARM, claims)}
      oncreated={({ detail }) => setMade(detail)}
    />
  );
}
