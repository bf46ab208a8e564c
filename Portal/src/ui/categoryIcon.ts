import type { IconName } from "./iconPaths";

/** The drawing of each partner category that the shipped blueprints name. */
const icons: Record<string, IconName> = {
  hospital: "hospital",
  "medical-practice": "stethoscope",
  therapist: "heart",
  nutritionist: "leaf",
  "health-insurer": "umbrella",
  "life-insurer": "umbrella",
  "disability-insurer": "umbrella",
  "wearable-manufacturer": "watch",
  "app-software": "code",
  "cloud-infrastructure": "cloud",
  "large-enterprise": "building",
  "mid-market": "building",
  "small-business": "shop",
  bank: "bank",
  "investment-firm": "trend",
  "insurance-broker": "umbrella",
  supplement: "pill",
  "fitness-equipment": "dumbbell",
  "medical-device": "pulse",
  publisher: "book",
  "podcast-network": "mic",
  "video-creator": "video",
  university: "school",
  "research-institution": "flask",
  "system-integrator": "gears",
  "technology-consultant": "partners",
  "data-analytics": "chart",
  "compliance-security": "shield",
};

/** A blueprint may add categories of its own; they get the plain building. */
export const categoryIcon = (category: string): IconName => icons[category] ?? "building";
