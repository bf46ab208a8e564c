import { Button, Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./List.module.css";
import { Failure, LoadingRows } from "./States";
import type { usePages } from "./usePages";

export interface ListColumn<T> {
  title: string;
  /** Shown at the head in place of the title. */
  head?: ReactNode;
  cell: (row: T) => ReactNode;
  numeric?: boolean;
  /** Left out on a small screen. */
  minor?: boolean;
}

interface Props<T> {
  label: string;
  source: ReturnType<typeof usePages<T>>;
  columns: ListColumn<T>[];
  rowKey: (row: T) => string;
  empty: ReactNode;
}

/** A list in its four states: loading, empty, failed, and loaded in part or in full. */
export function List<T>({ label, source, columns, rowKey, empty }: Props<T>) {
  const { list, items, total } = source;
  if (list.isPending) return <LoadingRows rows={10} />;
  if (list.isError && items.length === 0) return <Failure error={list.error} retry={() => void list.refetch()} />;
  if (items.length === 0) return <div className={classes.frame}>{empty}</div>;
  return (
    <>
      {list.isError ? <Failure error={list.error} retry={() => void list.refetch()} title="Could not be renewed; older figures are shown" /> : null}
      <div className={classes.frame} aria-busy={list.isPlaceholderData}>
        <table className={classes.table} aria-label={label}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.title} scope="col" className={column.numeric ? "num" : undefined} data-minor={column.minor}>
                  {column.head ?? column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <tr key={rowKey(row)}>
                {columns.map((column) => (
                  <td key={column.title} className={column.numeric ? "num" : undefined} data-minor={column.minor}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes.foot}>
        <Text size="sm" c="dimmed" role="status">
          {total === null ? items.length : `${items.length} of ${total}`}
        </Text>
        {list.hasNextPage ? (
          <Button size="xs" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load more
          </Button>
        ) : null}
      </div>
    </>
  );
}
