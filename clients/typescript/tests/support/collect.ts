import { GarmFeed, type FeedItem, type FeedOptions } from "../../src/index.js";

/** Options that lose no time. */
export const quick = { firstPauseMs: 1, longestPauseMs: 20 };

/** Reads a feed until something holds of what came so far, and gives what came. */
export async function readUntil(
  options: FeedOptions,
  enough: (items: readonly FeedItem[]) => boolean,
  each: (item: FeedItem) => void | Promise<void> = () => {},
): Promise<FeedItem[]> {
  const items: FeedItem[] = [];
  for await (const item of new GarmFeed({ ...quick, ...options }).items()) {
    items.push(item);
    await each(item);
    if (enough(items)) break;
  }

  return items;
}

/** How many items of a kind there are. */
export function count(items: readonly FeedItem[], kind: FeedItem["kind"]): number {
  return items.filter((item) => item.kind === kind).length;
}

/** `create instance a`, for each change. */
export function changes(items: readonly FeedItem[]): string[] {
  return items.flatMap((item) => (item.kind === "change" ? [`${item.operation} ${item.type} ${item.id}`] : []));
}
