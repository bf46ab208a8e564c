import type { Endpoint } from "../api/types";

/** What the owner of an endpoint chooses, as texts of a form; events are chosen beside it. */
export const settingsOf = (endpoint?: Endpoint) => ({
  url: endpoint?.url ?? "",
  description: endpoint?.description ?? "",
  order: endpoint?.order ?? "unordered",
  perSecond: endpoint?.perSecond ? String(endpoint.perSecond) : "",
  partner: endpoint?.partner ?? "",
});

export type Settings = { [Name in keyof ReturnType<typeof settingsOf>]: string };

/** The body that the gateway takes, or what is wrong with which field. */
export function readSettings(values: Settings, types: readonly string[]) {
  const errors: Record<string, string> = {};
  const [url, perSecond] = [values.url.trim(), values.perSecond.trim()];
  if (!url) errors.url = "Say where notifications are posted to.";
  if (perSecond && !/^[1-9]\d{0,3}$/.test(perSecond)) errors.perSecond = "Give a whole number from 1 to 1,000.";
  const [description, partner] = [values.description.trim(), values.partner.trim()];
  const body = {
    url,
    order: values.order,
    ...(description ? { description } : {}),
    ...(types.length > 0 ? { types } : {}),
    ...(partner ? { partner } : {}),
    ...(perSecond ? { perSecond: Number(perSecond) } : {}),
  };
  return { body, errors };
}
