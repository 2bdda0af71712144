import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ledgerBits, LedgerBook } from "./ledger.js";

describe("a ledger", () => {
  test("has the balance after every line, and the last one is the key", () => {
    const book = new LedgerBook(1000);
    book.take("undetected", 100);
    book.take("unmatched", 450);
    assert.equal(book.balance, 450);
    assert.deepEqual(book.close(), {
      secret: 450,
      lines: [
        { entry: "sent", bits: 1000, balance: 1000 },
        { entry: "undetected", bits: -100, balance: 900 },
        { entry: "unmatched", bits: -450, balance: 450 },
      ],
    });
  });

  test("of a run that was given up has no secret bits, and says what was abandoned or missing", () => {
    const [left, missing] = [new LedgerBook(100), new LedgerBook(100)];
    left.take("sample", 30);
    missing.take("leaked", 130);
    assert.deepEqual(left.abandon().lines.at(-1), { entry: "abandoned", bits: -70, balance: 0 });
    assert.deepEqual(missing.abandon().lines.at(-1), { entry: "shortfall", bits: 30, balance: 0 });
    for (const book of [left, missing]) assert.equal(book.abandon().secret, 0);
  });

  test("is not changed by what its book takes afterwards", () => {
    const book = new LedgerBook(10);
    const ledger = book.close();
    book.take("leaked", 5);
    assert.equal(ledger.lines.length, 1);
  });

  test("tells the bits of a line, and 0 for one that it does not have", () => {
    const book = new LedgerBook(100);
    book.take("leaked", 20);
    assert.deepEqual([ledgerBits(book.close(), "leaked"), ledgerBits(book.close(), "sample")], [20, 0]);
  });
});
