/** How a sender proves that a delivery is its own. */
export const schemeNames: Record<string, string> = {
  "standard-webhooks": "Standard Webhooks",
  "hubspot-v3": "HubSpot v3",
  cloudevents: "CloudEvents",
};
