import type { Endpoint, EndpointStatus, NotificationStatus } from "../api/types";

export const statusNames: Record<EndpointStatus, string> = {
  active: "Active",
  disabled: "Disabled",
  deleted: "Deleted",
};
export const statusTones: Record<EndpointStatus, string> = { active: "good", disabled: "bad", deleted: "done" };

export const notificationNames: Record<NotificationStatus, string> = {
  pending: "Pending",
  delivered: "Delivered",
  failed: "Given up",
  cancelled: "Cancelled",
};
export const notificationTones: Record<NotificationStatus, string> = {
  pending: "open",
  delivered: "good",
  failed: "bad",
  cancelled: "done",
};

export const orderNames: Record<Endpoint["order"], string> = {
  unordered: "As soon as possible",
  fifo: "In order, for each partner, deal and so on",
};

const reasons = {
  asked: "Somebody disabled it.",
  failing: "Every attempt of five days failed.",
  gone: "The receiver answered that it is gone (410).",
};

/** What is wrong with an endpoint, in words; null while nothing is. */
export function troubleOf(endpoint: Endpoint): string | null {
  if (endpoint.status === "disabled") return endpoint.reason ? reasons[endpoint.reason] : "Nothing is sent.";
  return endpoint.failingSince ? "Every attempt fails at present." : null;
}

/** What the latest attempt was answered with: a status, or why there was no answer. */
export const answerText = (status?: number | null, error?: string | null) =>
  status ? String(status) : (error ?? "none yet");

export const advice = "Give the secret to whoever runs the receiver: it verifies that notifications come from here.";
