;; The kernel of `kernel.ts` with words of 128 bits: what `typescript-kernel.ts` does, four words at a time. The build
;; assembles it into `toeplitz-wasm.ts`. Places are in bytes here.
(module
  (memory (export "memory") 1)
  (func (export "addProduct")
    (param $out i32) (param $diagonal i32) (param $vector i32) (param $side i32) (param $scratch i32)
    (local $row i32) (local $sum i32) (local $sumEnd i32) (local $at i32) (local $end i32)
    (local $count i32) (local $shift i32) (local $offset i32)
    (local $first i32) (local $second i32) (local $third i32) (local $fourth i32)
    (local $word v128) (local $next v128) (local $by1 v128) (local $by2 v128) (local $by3 v128) (local $base v128)

    (local.set $side (i32.shl (local.get $side) (i32.const 2)))
    (local.set $row (i32.add (i32.shl (local.get $side) (i32.const 1)) (i32.const 16)))
    (local.set $sum (i32.add (local.get $scratch) (i32.shl (local.get $row) (i32.const 4))))
    (local.set $sumEnd (i32.add (i32.add (local.get $sum) (local.get $side)) (i32.const 16)))

    ;; The table: four words of all sixteen rows at a time.
    (local.set $at (local.get $scratch))
    (local.set $end (i32.add (local.get $scratch) (local.get $row)))
    (loop $table
      (local.set $word (v128.load (local.get $diagonal)))
      (local.set $next (v128.load offset=4 (local.get $diagonal)))
      (local.set $by1 (v128.or
        (i32x4.shl (local.get $word) (i32.const 1)) (i32x4.shr_u (local.get $next) (i32.const 31))))
      (local.set $by2 (v128.or
        (i32x4.shl (local.get $word) (i32.const 2)) (i32x4.shr_u (local.get $next) (i32.const 30))))
      (local.set $by3 (v128.or
        (i32x4.shl (local.get $word) (i32.const 3)) (i32x4.shr_u (local.get $next) (i32.const 29))))
      (local.set $offset (local.get $at))
      (local.set $base (v128.xor (local.get $word) (local.get $word)))
      (local.set $count (i32.const 0))
      (loop $rows
        (v128.store (local.get $offset) (local.get $base))
        (local.set $offset (i32.add (local.get $offset) (local.get $row)))
        (v128.store (local.get $offset) (v128.xor (local.get $base) (local.get $by3)))
        (local.set $offset (i32.add (local.get $offset) (local.get $row)))
        (v128.store (local.get $offset) (v128.xor (local.get $base) (local.get $by2)))
        (local.set $offset (i32.add (local.get $offset) (local.get $row)))
        (v128.store (local.get $offset)
          (v128.xor (v128.xor (local.get $base) (local.get $by2)) (local.get $by3)))
        (local.set $offset (i32.add (local.get $offset) (local.get $row)))
        ;; The base of the next four rows: after 0 come by1, word, and both.
        (local.set $base (v128.xor (local.get $base) (local.get $by1)))
        (if (i32.eq (local.get $count) (i32.const 1))
          (then (local.set $base (v128.xor (local.get $base) (local.get $word)))))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $rows (i32.lt_u (local.get $count) (i32.const 4))))
      (local.set $diagonal (i32.add (local.get $diagonal) (i32.const 16)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $table (i32.lt_u (local.get $at) (local.get $end))))

    (local.set $base (v128.xor (local.get $word) (local.get $word)))
    (local.set $at (local.get $sum))
    (loop $zero
      (v128.store (local.get $at) (local.get $base))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $zero (i32.lt_u (local.get $at) (local.get $sumEnd))))

    (loop $shifts
      ;; The sum moves by four bits; the first time it is 0.
      (local.set $at (local.get $sum))
      (loop $move
        (v128.store (local.get $at) (v128.or
          (i32x4.shl (v128.load (local.get $at)) (i32.const 4))
          (i32x4.shr_u (v128.load offset=4 (local.get $at)) (i32.const 28))))
        (local.set $at (i32.add (local.get $at) (i32.const 16)))
        (br_if $move (i32.lt_u (local.get $at) (local.get $sumEnd))))

      (local.set $offset (i32.const 0))
      (loop $columns
        ;; The rows that four words of the vector choose, each from its own word on.
        (local.set $at (i32.add (local.get $vector) (local.get $offset)))
        (local.set $end (i32.add (local.get $scratch) (local.get $offset)))
        (local.set $first (i32.add (local.get $end) (i32.mul (local.get $row)
          (i32.and (i32.shr_u (i32.load (local.get $at)) (local.get $shift)) (i32.const 15)))))
        (local.set $second (i32.add (local.get $end) (i32.mul (local.get $row)
          (i32.and (i32.shr_u (i32.load offset=4 (local.get $at)) (local.get $shift)) (i32.const 15)))))
        (local.set $third (i32.add (local.get $end) (i32.mul (local.get $row)
          (i32.and (i32.shr_u (i32.load offset=8 (local.get $at)) (local.get $shift)) (i32.const 15)))))
        (local.set $fourth (i32.add (local.get $end) (i32.mul (local.get $row)
          (i32.and (i32.shr_u (i32.load offset=12 (local.get $at)) (local.get $shift)) (i32.const 15)))))

        (local.set $at (local.get $sum))
        (loop $add
          (v128.store (local.get $at)
            (v128.xor
              (v128.xor
                (v128.xor (v128.load (local.get $at)) (v128.load (local.get $first)))
                (v128.load offset=4 (local.get $second)))
              (v128.xor (v128.load offset=8 (local.get $third)) (v128.load offset=12 (local.get $fourth)))))
          (local.set $first (i32.add (local.get $first) (i32.const 16)))
          (local.set $second (i32.add (local.get $second) (i32.const 16)))
          (local.set $third (i32.add (local.get $third) (i32.const 16)))
          (local.set $fourth (i32.add (local.get $fourth) (i32.const 16)))
          (local.set $at (i32.add (local.get $at) (i32.const 16)))
          (br_if $add (i32.lt_u (local.get $at) (local.get $sumEnd))))

        (local.set $offset (i32.add (local.get $offset) (i32.const 16)))
        (br_if $columns (i32.lt_u (local.get $offset) (local.get $side))))

      (local.set $shift (i32.add (local.get $shift) (i32.const 4)))
      (br_if $shifts (i32.lt_u (local.get $shift) (i32.const 32))))

    ;; The sum has sixteen bytes of padding, which the result has not.
    (local.set $at (local.get $sum))
    (loop $result
      (v128.store (local.get $out) (v128.xor (v128.load (local.get $out)) (v128.load (local.get $at))))
      (local.set $out (i32.add (local.get $out) (i32.const 16)))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $result (i32.lt_u (i32.add (local.get $at) (i32.const 16)) (local.get $sumEnd))))))
