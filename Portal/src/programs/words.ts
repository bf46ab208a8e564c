import type { ProgramStatus, ProgramType } from "../api/types";

export const typeNames: Record<ProgramType, string> = {
  "employer-wellness": "Employer wellness",
  "insurer-prevention": "Insurer prevention",
  "health-system-referral": "Health system referral",
  "clinical-study": "Clinical study",
  "consumer-wellness": "Consumer wellness",
};

export const statusNames: Record<ProgramStatus, string> = {
  active: "Active",
  renewalDue: "Renewal due",
  ended: "Ended",
};
export const statusTones: Record<ProgramStatus, string> = { active: "good", renewalDue: "warn", ended: "done" };
