#!/usr/bin/env python3
"""tools/mutants itself: what it changes, that it sees a mutant killed and another one survive, when its gate opens."""

import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

import bench
import page
import results
import source

SOURCE = """\
    // a < b && true: a comment
    #include <cstring>
    #define LEAST(a, b) ((a) < (b) ? (a) : (b))
    static_assert(1 + 1 == 2, "1 < 2");
    const char* text() { return "a < b && 7"; }
    char letter() { return '1'; }
    """

CLAMP = """\
    int clamp(int value, int low, int high) {
      int steps = 0;
      if (value < low) return low;
      while (value > high) {
        --value;
        ++steps;
      }
      return value;
    }

    int untested(int value) { return value + 3; }
    """

TEST = """\
    #include <cstdio>
    int clamp(int value, int low, int high);
    int main() {
      if (clamp(1, 3, 9) == 3 && clamp(5, 3, 9) == 5 && clamp(12, 3, 9) == 9) return 0;
      std::puts("[  FAILED  ] Clamp.StaysBetween");
      return 1;
    }
    """


def changed(text):
    return {mutant.mutated for mutant in source.mutants_of("a.cpp", textwrap.dedent(text))}


class Changes(unittest.TestCase):
    def test_only_code_is_changed(self):
        self.assertEqual(changed(SOURCE), set())

    def test_operators_between_blanks_are(self):
        self.assertEqual(changed("bool f(A& a, B<C> b) { return a < b; }\n"),
                         {"bool f(A& a, B<C> b) { return a <= b; }", "bool f(A& a, B<C> b) { return a >= b; }"})

    def test_logic_is_turned_round(self):
        self.assertEqual(changed("x = !a || b\n"), {"x = a || b", "x = !a && b"})

    def test_integers_are_one_more_and_one_less(self):
        self.assertEqual(changed("int a[] = {0, 0x1fU};\n"),
                         {"int a[] = {1, 0x1fU};", "int a[] = {0, 0x20U};", "int a[] = {0, 0x1eU};"})

    def test_calls_assignments_and_guarded_returns_are_left_out(self):
        text = "void f() {\nint a = g(b);\nh(a);\na = b;\nif (a) return h(b);\nreturn h(c);\n}\n"
        self.assertEqual(changed(text), {";", "if (a) ;"})
        self.assertEqual(len(source.mutants_of("a.cpp", text)), 3)

    def test_a_mutant_is_known_by_its_text_and_not_by_its_line(self):
        text = "f(1);\ng();\nf(1);\n"
        before = [mutant.key for mutant in source.mutants_of("a.cpp", text)]
        self.assertEqual(len(set(before)), len(before))
        self.assertEqual([mutant.key for mutant in source.mutants_of("a.cpp", "\n\n" + text)], before)

    def test_a_place_is_drawn_once(self):
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "src").mkdir()
            (Path(name) / "src" / "a.cpp").write_text("bool f() { return a < 1; }\n", encoding="utf-8")
            self.assertEqual(len(results.candidates(Path(name), ["src"], 1)), 2)


class Trying(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.TemporaryDirectory()
        cls.root = Path(cls.directory.name)
        (cls.root / "clamp.cpp").write_text(textwrap.dedent(CLAMP), encoding="utf-8")
        (cls.root / "test.cpp").write_text(textwrap.dedent(TEST), encoding="utf-8")
        bench.must_run(["g++", "-c", cls.root / "clamp.cpp", "-o", cls.root / "clamp.o"])
        bench.must_run(["ar", "rc", cls.root / "libclamp.a", cls.root / "clamp.o"])
        bench.must_run(["g++", "-c", cls.root / "test.cpp", "-o", cls.root / "test.o"])
        cls.stage = bench.Stage("the test", "test")
        link = ["g++", "test.o", "-o", "test", "libclamp.a"]
        cls.bench = bench.Bench(cls.root, cls.root / "work", lambda _: ["g++"], lambda _: (link, cls.root),
                                lambda _: [cls.stage])
        cls.bench.prepare(["clamp.cpp"])
        cls.bench.limits[cls.stage] = 1
        text = (cls.root / "clamp.cpp").read_text(encoding="utf-8")
        cls.mutants = {mutant.mutated: mutant for mutant in source.mutants_of("clamp.cpp", text)}

    @classmethod
    def tearDownClass(cls):
        cls.directory.cleanup()

    def attempt(self, mutated):
        return self.bench.attempt(self.mutants[mutated], "worker")

    def test_mistakes_are_killed(self):
        for mutated in ("if (value < low) ;", "if (value >= low) return low;", "while (value >= high) {"):
            self.assertEqual(self.attempt(mutated), (bench.KILLED, "the test", "Clamp.StaysBetween"), mutated)

    def test_what_does_not_end_is_killed(self):
        loop = self.mutants[";"]  # the first of two: --value
        self.assertEqual(loop.occurrence, 1)
        text = (self.root / "clamp.cpp").read_text(encoding="utf-8")
        step = text.index("--value")
        endless = loop._replace(begin=step, end=step + len("--value"), text='__asm__ volatile("")')
        self.assertEqual(self.bench.attempt(endless, "worker"), (bench.KILLED, "the test", "does not end"))

    def test_what_no_test_looks_at_survives(self):
        self.assertEqual(self.attempt("int untested(int value) { return value - 3; }").result, bench.SURVIVED)

    def test_what_makes_the_same_object_does_not_count(self):
        self.assertEqual(self.attempt("--steps;").result, bench.SAME)

    def test_what_does_not_compile_does_not_count(self):
        broken = self.mutants["--steps;"]._replace(text="nonsense ")
        self.assertEqual(self.bench.attempt(broken, "worker").result, bench.UNBUILDABLE)


class Gate(unittest.TestCase):
    def setUp(self):
        self.mutants = source.mutants_of("src/a.cpp", "".join(f"f{n}();\n" for n in range(10)))
        self.results = results.Results(Path("does not exist"))
        for mutant in self.mutants[:9]:
            self.results.known[mutant.key] = bench.Verdict(bench.KILLED, "the test", "A.B")
        self.survivor = self.mutants[9]
        self.results.known[self.survivor.key] = bench.Verdict(bench.SURVIVED)

    def problems(self, judged):
        tried, open_ones = self.results.sample(self.mutants, 10)
        self.assertEqual(open_ones, [])
        return page.problems(tried, judged, {mutant.key for mutant in self.mutants})

    def judgement(self, **changes):
        return {self.survivor.key: {"file": "src/a.cpp", "original": self.survivor.original,
                                    "verdict": "accepted", "reason": "a trace only", **changes}}

    def test_opens_when_every_survivor_is_judged(self):
        self.assertEqual(self.problems(self.judgement()), [])

    def test_stays_shut_for_a_survivor_without_a_judgement(self):
        self.assertEqual(len(self.problems({})), 1)

    def test_stays_shut_for_a_judgement_without_a_reason(self):
        self.assertEqual(len(self.problems(self.judgement(reason=""))), 1)

    def test_stays_shut_below_ninety_percent(self):
        self.results.known[self.mutants[0].key] = bench.Verdict(bench.SURVIVED)
        self.assertIn("8 of 10 killed: below 90 %", self.problems(self.judgement()))

    def test_what_does_not_count_is_replaced_by_another(self):
        self.results.known[self.mutants[0].key] = bench.Verdict(bench.SAME)
        del self.results.known[self.mutants[8].key]
        tried, open_ones = self.results.sample(self.mutants, 8)
        self.assertEqual((len(tried), open_ones), (8, [self.mutants[8]]))

    def test_results_are_found_by_the_next_run(self):
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "results.jsonl"
            verdict = bench.Verdict(bench.KILLED, "the test", "A.B")
            results.Results(path).add(self.mutants[0], verdict)
            self.assertEqual(results.Results(path).known, {self.mutants[0].key: verdict})


if __name__ == "__main__":
    unittest.main()
