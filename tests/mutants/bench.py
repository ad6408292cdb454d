"""Where mutants are tried: programs that were built once, one object that is compiled anew, and the tests in stages."""

import json
import os
import re
import resource
import shlex
import shutil
import subprocess
import typing
from pathlib import Path

# A mutant may take so many times what the tests take without it, and at least so many seconds of the processor.
PATIENCE = 10
SHORTEST = 5
MEMORY = 2 << 20  # KiB of addresses
SECONDS_ASLEEP = 120  # for what waits and does not work

SAME, UNBUILDABLE, KILLED, SURVIVED = "same", "unbuildable", "killed", "survived"


class Stage(typing.NamedTuple):
    """One run of one program of tests."""

    name: str
    program: str
    filter: str = ""


class Verdict(typing.NamedTuple):
    result: str
    stage: str = ""  # that killed it
    how: str = ""  # the first test that failed, or how the program ended


class Failed(Exception):
    """The tests do not even pass without a mutant, or cannot be built."""


def run(command, cwd=None):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, errors="replace", check=False)


def must_run(command):
    result = run(command)
    if result.returncode != 0:
        raise Failed(f"{shlex.join(str(word) for word in command)}\n{result.stdout[-4000:]}{result.stderr[-4000:]}")
    return result


def first_failure(output):
    match = re.search(r"^\[  FAILED  \] ([\w./]+)", output, re.MULTILINE)
    return match.group(1) if match else None


class Bench:
    """Compiles, links and runs. `compile_command(source)` says how, without input and output; `link_command(program)`
    gives the whole command and its directory; `stages(file)` are tried in this order."""

    def __init__(self, root, work, compile_command, link_command, stages):
        self.root, self.work = Path(root), Path(work)
        self.compile_command, self.link_command, self.stages = compile_command, link_command, stages
        self.limits = {}  # seconds of the processor a stage may take
        self.originals = {}  # the object of each file without a mutant

    def compile(self, directory, file, text):
        """The object of a file's text, or None. The file's name stays the same, because objects hold it."""
        source = directory / Path(file).name
        source.write_text(text, encoding="utf-8")
        target = source.with_suffix(".o")
        result = run([*self.compile_command(file), "-w", "-O2", "-c", source, "-o", target])
        return target if result.returncode == 0 else None

    def prepare(self, files):
        """Compiles each file as it is and runs all tests: they must pass, and show how long they take."""
        directory = self.fresh("original")
        for file in sorted(set(files)):
            compiled = self.compile(directory, file, (self.root / file).read_text(encoding="utf-8"))
            if compiled is None:
                raise Failed(f"{file} does not compile")
            self.originals[file] = compiled.read_bytes()
        programs = {}
        for stage in sorted({stage for file in files for stage in self.stages(file)}):
            if stage.program not in programs:
                programs[stage.program] = self.link(stage.program, directory, None)
            verdict = self.play(stage, programs[stage.program])
            if verdict:
                raise Failed(f"{stage.name} fails without a mutant: {verdict.how}")

    def fresh(self, name):
        directory = self.work / name
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(parents=True)
        return directory

    def link(self, program, directory, compiled):
        """The program with `compiled` in front of the archive that has the original of it. None: does not link."""
        command, where = self.link_command(program)
        at = command.index("-o")
        target = directory / program
        extra = [str(compiled)] if compiled else []
        result = run([*command[:at], *extra, "-o", str(target), *command[at + 2 :]], where)
        return target if result.returncode == 0 else None

    def play(self, stage, program):
        """None: all tests passed. In place of time the processor's is limited, so that a busy machine kills nobody."""
        limit = self.limits.get(stage, 600)
        arguments = [f"--gtest_filter={stage.filter}"] if stage.filter else []
        command = ["sh", "-c", 'ulimit -t "$0"; ulimit -v "$1"; ulimit -c 0; shift; exec "$@"', str(limit), str(MEMORY),
                   str(program), "--gtest_fail_fast", "--gtest_brief=1", *arguments]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        try:
            result = subprocess.run(command, cwd=program.parent, stdin=subprocess.DEVNULL, capture_output=True,
                                    timeout=max(SECONDS_ASLEEP, 4 * limit), check=False)
        except subprocess.TimeoutExpired:
            return Verdict(KILLED, stage.name, "does not end")
        if stage not in self.limits:
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            self.limits[stage] = max(SHORTEST, round(PATIENCE * used))
        if result.returncode == 0:
            return None
        failed = first_failure(result.stdout.decode(errors="replace"))
        return Verdict(KILLED, stage.name, failed or ended(result.returncode))

    def attempt(self, mutant, name):
        """What becomes of a mutant, in a directory of this name."""
        directory = self.fresh(name)
        text = (self.root / mutant.file).read_text(encoding="utf-8")
        compiled = self.compile(directory, mutant.file, mutant.apply(text))
        if compiled is None:
            return Verdict(UNBUILDABLE)
        if compiled.read_bytes() == self.originals[mutant.file]:
            return Verdict(SAME)
        programs = {}
        for stage in self.stages(mutant.file):
            if stage.program not in programs:
                programs[stage.program] = self.link(stage.program, directory, compiled)
            if programs[stage.program] is None:
                return Verdict(UNBUILDABLE)
            verdict = self.play(stage, programs[stage.program])
            if verdict:
                return verdict
        return Verdict(SURVIVED)


def ended(status):
    """How a program ended that said nothing of a test; beyond 128 the shell's word for a signal."""
    number = -status if status < 0 else status - 128
    names = {24: "does not end", 9: "does not end", 11: "crash", 6: "abort", 4: "assertion", 5: "assertion", 7: "crash",
             8: "division by zero"}
    return names.get(number, f"exit status {status}")


# The bench of this tree.

PROGRAMS = ("unit_tests", "transcript_tests", "sim_tests")
FLAGS = ["-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O2", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON",
         "-DMAILMOTE_SANITIZE=", "-DMAILMOTE_BUILD_EXAMPLES=OFF", "-DMAILMOTE_BUILD_CLI=OFF"]


def suites(path):
    """A filter for all tests of a file of GoogleTest."""
    found = re.findall(r"^(?:TYPED_)?TEST(?:_F|_P)?\((\w+),", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [pattern for suite in sorted(set(found)) for pattern in (f"{suite}.*", f"*/{suite}.*", f"{suite}/*")]


def stages_of(root, file):
    """The tests of the file itself, then all others, the quicker ones first. Those of the ports are left out: they are
    about other sources, and wait in real time."""
    unit = root / "tests" / "unit"
    own = unit / f"{Path(file).stem}_test.cpp"
    ports = [pattern for path in sorted(unit.glob("*_test.cpp")) if path.name.startswith(("posix_", "mbedtls_"))
             for pattern in suites(path)]
    if own.exists():
        yield Stage("its unit tests", "unit_tests", ":".join(suites(own)))
    yield Stage("dialogues, each as it stands", "transcript_tests", "*Whole*")
    yield Stage("all unit tests", "unit_tests", "-" + ":".join(ports))
    yield Stage("simulations", "sim_tests")
    yield Stage("dialogues, played in every way", "transcript_tests", "-*Whole*")


def build(root, work):
    """Builds the programs of this tree without a mutant; returns their bench."""
    base = work / "base"
    must_run(["cmake", "-G", "Unix Makefiles", "-S", root, "-B", base, *FLAGS])
    must_run(["cmake", "--build", base, "--parallel", "2", "--target", *PROGRAMS])
    entries = json.loads((base / "compile_commands.json").read_text(encoding="utf-8"))
    commands = {str(Path(entry["file"]).relative_to(root)): flags_of(entry["command"]) for entry in entries
                if Path(entry["file"]).is_relative_to(root / "src")}

    def link_command(program):
        text = (base / "tests" / "CMakeFiles" / f"{program}.dir" / "link.txt").read_text(encoding="utf-8")
        return shlex.split(text) + quick_linker(), base / "tests"

    return Bench(root, work, commands.__getitem__, link_command, lambda file: list(stages_of(root, file)))


def quick_linker():
    return ["-fuse-ld=gold"] if shutil.which("ld.gold") else []


def flags_of(command):
    """A compile command without what is compiled, where to, and a cache in front."""
    words = shlex.split(command)
    if Path(words[0]).name == "ccache":
        words = words[1:]
    return words[: words.index("-o")]
