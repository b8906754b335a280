#!/bin/bash
# Holds the house in order: who may include whom, no two types of one name, no file over 500 lines, each file says on its first line what it is for
# (a .cpp may leave that to its own header, which it then includes first).
# Usage: includes_test.sh [project folder]; prints each breach as file:line and ends with 1 where there is one.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"

# All source files, with zero bytes between: names may hold anything.
sources() { find app engine shaders tests -type f \( -name '*.h' -o -name '*.cpp' -o -name '*.cu' -o -name '*.cuh' -o -name '*.sh' -o -name '*.py' \
    -o -name '*.glsl' -o -name '*.vert' -o -name '*.frag' -o -name '*.cmake' \) -print0 2>/dev/null || true; }

breaches=$(sources | sort -z | xargs -0 -r awk '
    function breach(what) { print FILENAME ":" FNR ": " what }

    # The rooms of design.md and what each may include, by the first folder of the path; "model/load.h" is that one file.
    BEGIN {
        may["core"] = ""
        may["games"] = "core formats"
        may["measure"] = "core"
        may["session"] = "core measure"
        may["formats"] = "core"
        may["media"] = "core"
        may["kernels"] = ""
        may["model"] = "core formats kernels"
        may["data"] = "core formats media"
        may["capture"] = "core formats data media"
        may["train"] = "core kernels formats model data"
        may["files"] = "core"
        may["player"] = "files session measure games media core formats data model/load.h"
        may["lab"] = may["player"] " model train capture"
        # Libraries, by the beginning of the path, and the rooms that may name them.
        only["torch/"] = only["ATen/"] = only["c10/"] = "model train kernels"
        only["SDL"] = only["imgui"] = only["epoxy/"] = only["GL/"] = "player"
        only["glm/"] = "games player"
        only["libav"] = only["libsw"] = only["png.h"] = only["cairo"] = only["fontconfig/"] = "media"
        only["X11/"] = only["libavdevice/"] = "capture"
        only["hdf5.h"] = only["zip.h"] = "formats"
        only["cuda"] = only["cublas"] = only["cudnn"] = only["mpi.h"] = "kernels"
    }
    function within(list, word,    words, n, i) {
        n = split(list, words, " ")
        for (i = 1; i <= n; ++i) if (words[i] == word) return 1
        return 0
    }

    FNR == 1 {
        if (files++ && lines > 500) print last ":" lines ": is longer than 500 lines"
        last = FILENAME
        split(FILENAME, parts, "/")
        room = parts[1] == "tests" || parts[1] == "shaders" ? parts[1] : parts[2]
        if (parts[1] == "app" && room ~ /\./) room = "app"
        script = /^#!/
        own = FILENAME
        sub(/^[^\/]*\//, "", own)
        sub(/\.[^.]*$/, ".h", own)
        if (!script && !/^((\/\/|#|\/\*) |""")./ && $0 != "#include \"" own "\"") breach("the first line must say what the file is for")
    }
    FNR == 2 && script && !/^# ./ { breach("the line after #! must say what the file is for") }
    { lines = FNR }

    # A type has one definition in all programs: of two that are called alike the linker takes either for both.
    FNR == 1 { space = ""; hidden = 0 }
    /^namespace [{]/ { hidden = 1 }
    /^[}]  \/\/ namespace$/ { hidden = 0 }
    /^namespace [a-z_:]+ [{]/ { space = $2 }
    !hidden && room != "tests" && /^(struct|class|enum|union) .*[{]$/ {
        type = space "::" ($1 == "enum" && $2 == "class" ? $3 : $2)
        if (type in defined) breach("a second " type ", the first is at " defined[type])
        else defined[type] = FILENAME ":" FNR
    }

    room == "tests" || !/^[ \t]*#[ \t]*include[ \t]*[<"]/ { next }
    {
        named = $0
        sub(/^[^<"]*[<"]/, "", named)
        sub(/[>"].*/, "", named)
        other = named
        sub(/\/.*/, "", other)
        if ((other in may) && named ~ /\//) {
            if (other != room && !within(may[room], other) && !within(may[room], named)) breach(room " must not include " named)
            next
        }
        if (named == "commit.h" && own == "core/version.h") next  # made by the build
        if (/"/) breach("expected a path from engine/ or app/, found \"" named "\"")
        if (room == "core" && named !~ /^[a-z_0-9]+$/ && named !~ /^(fcntl|unistd|sys\/(stat|file))\.h$/) breach("core includes files of std and of the system only, not " named)
        for (library in only)
            if (index(named, library) == 1 && !(library == "libav" && index(named, "libavdevice/") == 1) && !within(only[library], room)) breach(room " must not name " named)
    }
    END { if (lines > 500) print last ":" lines ": is longer than 500 lines" }
')

if [ -n "$breaches" ]; then
    printf '%s\n' "$breaches"
    exit 1
fi
echo "$(sources | tr -cd '\0' | wc -c) files: every include is an arrow of the house"
