/**
 * The best total when each row is given a column of its own: 0..1 values, higher better.
 *
 * @param values a table of `rows` x `columns`, row by row
 * @returns for each row its column, -1 where there are more rows than columns
 * Time grows with the square of the smaller side times the larger one.
 * Source: Kuhn (1955), Nav. Res. Logist. Q. 2, 83-97, by shortest augmenting paths as Jonker and Volgenant (1987),
 * Computing 38, 325-340.
 */
export function bestAssignment(values: Float64Array, rows: number, columns: number): Int32Array {
  if (rows > columns) {
    const byColumn = bestAssignment(transposed(values, rows, columns), columns, rows);
    const byRow = new Int32Array(rows).fill(-1);
    byColumn.forEach((row, column) => {
      byRow[row] = column;
    });
    return byRow;
  }
  // Places are counted from 1; column 0 stands for the row that looks for a column.
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  const previous = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row += 1) {
    rowOf[0] = row;
    const nearest = new Float64Array(columns + 1).fill(Infinity);
    const reached = new Uint8Array(columns + 1);
    let at = 0;
    do {
      reached[at] = 1;
      const from = rowOf[at] ?? 0;
      let step = Infinity;
      let next = 0;
      for (let column = 1; column <= columns; column += 1) {
        if (reached[column] === 1) continue;
        const cost = 1 - (values[(from - 1) * columns + column - 1] ?? 0);
        const distance = cost - (rowPrice[from] ?? 0) - (columnPrice[column] ?? 0);
        if (distance < (nearest[column] ?? 0)) {
          nearest[column] = distance;
          previous[column] = at;
        }
        if ((nearest[column] ?? 0) < step) {
          step = nearest[column] ?? 0;
          next = column;
        }
      }
      for (let column = 0; column <= columns; column += 1) {
        if (reached[column] === 1) {
          const owner = rowOf[column] ?? 0;
          rowPrice[owner] = (rowPrice[owner] ?? 0) + step;
          columnPrice[column] = (columnPrice[column] ?? 0) - step;
        } else nearest[column] = (nearest[column] ?? 0) - step;
      }
      at = next;
    } while (rowOf[at] !== 0);
    for (; at !== 0; at = previous[at] ?? 0) rowOf[at] = rowOf[previous[at] ?? 0] ?? 0;
  }
  const assigned = new Int32Array(rows).fill(-1);
  for (let column = 1; column <= columns; column += 1) {
    const row = rowOf[column] ?? 0;
    if (row > 0) assigned[row - 1] = column - 1;
  }
  return assigned;
}

function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  const turned = new Float64Array(values.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      turned[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  return turned;
}
