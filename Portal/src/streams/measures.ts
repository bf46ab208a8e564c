import type { Measure } from "../api/types";

/** Names of the measures for people, in the order in which they are offered. */
export const measureNames: Record<Measure, string> = {
  "heart-rate": "Heart rate",
  "resting-heart-rate": "Resting heart rate",
  "heart-rate-variability": "Heart rate variability",
  steps: "Steps",
  distance: "Distance",
  "active-energy": "Active energy",
  activity: "Activity",
  sleep: "Sleep",
  "blood-pressure": "Blood pressure",
  glucose: "Glucose",
  "oxygen-saturation": "Oxygen saturation",
  "respiratory-rate": "Respiratory rate",
  "skin-temperature": "Skin temperature",
  weight: "Weight",
  "body-fat": "Body fat",
};

export const measures = Object.keys(measureNames) as Measure[];

const units: Record<string, string> = { "/min": "per minute", "{steps}": "steps", Cel: "°C", "mm[Hg]": "mmHg" };

/** A UCUM code as people write it. */
export const unitText = (ucum: string) => units[ucum] ?? ucum;
