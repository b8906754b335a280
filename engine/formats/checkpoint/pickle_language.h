// What a pickle may say to the restricted machine: the opcodes that it obeys (Lib/pickletools.py has all of them) and the globals that it knows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formats/checkpoint/pickle_values.h"

namespace drift {

enum class Opcode : std::uint8_t {
    mark = '(',
    pop = '0',
    stop = '.',
    reduce = 'R',
    build = 'b',
    newobj = 0x81,
    inst = 'i',
    global = 'c',
    none = 'N',
    binint = 'J',
    binint1 = 'K',
    binint2 = 'M',
    binfloat = 'G',
    binunicode = 'X',
    binpersid = 'Q',
    binget = 'h',
    long_binget = 'j',
    binput = 'q',
    long_binput = 'r',
    tuple = 't',
    empty_tuple = ')',
    empty_list = ']',
    append = 'a',
    appends = 'e',
    empty_dict = '}',
    setitem = 's',
    setitems = 'u',
    proto = 0x80,
    tuple1 = 0x85,
    tuple2 = 0x86,
    tuple3 = 0x87,
    new_true = 0x88,
    new_false = 0x89,
    long1 = 0x8a,
    short_binunicode = 0x8c,
    binunicode8 = 0x8d,
    stack_global = 0x93,
    memoize = 0x94,
    frame = 0x95,
};

// "NEWOBJ"; "0xfe" where no protocol has such an opcode.
std::string opcode_name(std::uint8_t code);

// A global that a checkpoint may name; all others are refused where they are named, called or not.
struct PickleGlobal {
    // plain, plain_dict: stands for a value that is no weights (a NumPy number, a path, a dictionary of another class) and is passed over.
    enum class What { ordered_dict, rebuild_tensor, rebuild_parameter, storage, plain, plain_dict };
    std::string_view module, name;
    What what;
    ElementType type = ElementType::f32;  // of a storage
};

// Whole names are compared: "torch.FloatStorage.x" is not there.
std::optional<std::size_t> find_global(std::string_view module, std::string_view name);
const PickleGlobal& global_at(std::size_t which);

}  // namespace drift
