export const personKey = (ecosystem: string, id: string) => ["person", ecosystem, id] as const;
