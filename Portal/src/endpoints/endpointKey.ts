export const endpointKey = (ecosystem: string, id: string) => ["endpoint", ecosystem, id] as const;
