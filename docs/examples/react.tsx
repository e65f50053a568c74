// React 19 sets properties and event listeners on custom elements itself; identity-portal.d.ts, beside this, declares them for TypeScript.
// In React 18, set properties and listeners in an effect, through a ref.
import "https://identity.example/embed.js";
import { useState } from "react";
import type { IdentityPortalEvents } from "./embed";

/** Azure Resource Manager only, whatever scope is requested. */
const ARM = ["https://management.azure.com/.default"];

type Props = {
  team: string;
  acquireToken: (scopes: string[], claims?: string) => Promise<string>;
};

export function NewIdentity({ team, acquireToken }: Props) {
  const [created, setCreated] = useState<IdentityPortalEvents["created"]>();
  if (created) return <p role="status">Created {created.name}, client ID {created.clientId}.</p>;
  return (
    <identity-portal
      src="https://identity.example/"
      instance={team}
      prefill={{ tags: { Team: team } }}
      fixed={["tags"]}
      tokenProvider={({ claims }) => acquireToken(ARM, claims)}
      oncreated={({ detail }) => setCreated(detail)}
    />
  );
}
