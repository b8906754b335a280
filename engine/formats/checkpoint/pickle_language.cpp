#include "formats/checkpoint/pickle_language.h"

#include <algorithm>
#include <iterator>

namespace drift {
namespace {

struct Named {
    std::uint8_t code;
    const char* name;
};
constexpr Named names[] = {
    {'(', "MARK"},
    {'.', "STOP"},
    {'0', "POP"},
    {'1', "POP_MARK"},
    {'2', "DUP"},
    {'F', "FLOAT"},
    {'I', "INT"},
    {'J', "BININT"},
    {'K', "BININT1"},
    {'L', "LONG"},
    {'M', "BININT2"},
    {'N', "NONE"},
    {'P', "PERSID"},
    {'Q', "BINPERSID"},
    {'R', "REDUCE"},
    {'S', "STRING"},
    {'T', "BINSTRING"},
    {'U', "SHORT_BINSTRING"},
    {'V', "UNICODE"},
    {'X', "BINUNICODE"},
    {'a', "APPEND"},
    {'b', "BUILD"},
    {'c', "GLOBAL"},
    {'d', "DICT"},
    {'}', "EMPTY_DICT"},
    {'e', "APPENDS"},
    {'g', "GET"},
    {'h', "BINGET"},
    {'i', "INST"},
    {'j', "LONG_BINGET"},
    {'l', "LIST"},
    {']', "EMPTY_LIST"},
    {'o', "OBJ"},
    {'p', "PUT"},
    {'q', "BINPUT"},
    {'r', "LONG_BINPUT"},
    {'s', "SETITEM"},
    {'t', "TUPLE"},
    {')', "EMPTY_TUPLE"},
    {'u', "SETITEMS"},
    {'G', "BINFLOAT"},
    {'B', "BINBYTES"},
    {'C', "SHORT_BINBYTES"},
    {0x80, "PROTO"},
    {0x81, "NEWOBJ"},
    {0x82, "EXT1"},
    {0x83, "EXT2"},
    {0x84, "EXT4"},
    {0x85, "TUPLE1"},
    {0x86, "TUPLE2"},
    {0x87, "TUPLE3"},
    {0x88, "NEWTRUE"},
    {0x89, "NEWFALSE"},
    {0x8a, "LONG1"},
    {0x8b, "LONG4"},
    {0x8c, "SHORT_BINUNICODE"},
    {0x8d, "BINUNICODE8"},
    {0x8e, "BINBYTES8"},
    {0x8f, "EMPTY_SET"},
    {0x90, "ADDITEMS"},
    {0x91, "FROZENSET"},
    {0x92, "NEWOBJ_EX"},
    {0x93, "STACK_GLOBAL"},
    {0x94, "MEMOIZE"},
    {0x95, "FRAME"},
    {0x96, "BYTEARRAY8"},
    {0x97, "NEXT_BUFFER"},
    {0x98, "READONLY_BUFFER"},
};

using What = PickleGlobal::What;
constexpr PickleGlobal globals[] = {
    {"collections", "OrderedDict", What::ordered_dict},
    {"torch._utils", "_rebuild_tensor_v2", What::rebuild_tensor},
    {"torch._utils", "_rebuild_parameter", What::rebuild_parameter},
    {"torch", "DoubleStorage", What::storage, ElementType::f64},
    {"torch", "FloatStorage", What::storage, ElementType::f32},
    {"torch", "HalfStorage", What::storage, ElementType::f16},
    {"torch", "BFloat16Storage", What::storage, ElementType::bf16},
    {"torch", "LongStorage", What::storage, ElementType::i64},
    {"torch", "IntStorage", What::storage, ElementType::i32},
    {"torch", "ShortStorage", What::storage, ElementType::i16},
    {"torch", "CharStorage", What::storage, ElementType::i8},
    {"torch", "ByteStorage", What::storage, ElementType::u8},
    {"torch", "BoolStorage", What::storage, ElementType::boolean},
    {"numpy", "dtype", What::plain},
    {"numpy", "ndarray", What::plain},
    {"numpy.core.multiarray", "scalar", What::plain},
    {"numpy._core.multiarray", "scalar", What::plain},
    {"numpy.core.multiarray", "_reconstruct", What::plain},
    {"numpy._core.multiarray", "_reconstruct", What::plain},
    {"_codecs", "encode", What::plain},
    {"torch", "Size", What::plain},
    {"torch", "device", What::plain},
    {"torch", "float32", What::plain},
    {"torch", "float16", What::plain},
    {"torch", "bfloat16", What::plain},
    {"builtins", "set", What::plain},
    {"__builtin__", "set", What::plain},
    {"pathlib", "PosixPath", What::plain},
    {"pathlib", "WindowsPath", What::plain},
    {"pathlib", "PurePosixPath", What::plain},
    {"argparse", "Namespace", What::plain},
    {"collections", "Counter", What::plain_dict},
    {"collections", "defaultdict", What::plain_dict},
    {"pytorch_lightning.utilities.parsing", "AttributeDict", What::plain_dict},
    {"lightning.pytorch.utilities.parsing", "AttributeDict", What::plain_dict},
    {"lightning_fabric.utilities.data", "AttributeDict", What::plain_dict},
    {"lightning.fabric.utilities.data", "AttributeDict", What::plain_dict},
};

}  // namespace

std::string opcode_name(std::uint8_t code) {
    auto found =
        std::find_if(std::begin(names), std::end(names), [&](const Named& named) { return named.code == code; });
    if (found != std::end(names)) return found->name;
    constexpr char digits[] = "0123456789abcdef";
    return std::string("0x") + digits[code >> 4] + digits[code & 15];
}

std::optional<std::size_t> find_global(std::string_view module, std::string_view name) {
    auto found = std::find_if(std::begin(globals), std::end(globals),
                              [&](const PickleGlobal& known) { return known.module == module && known.name == name; });
    if (found == std::end(globals)) return std::nullopt;
    return static_cast<std::size_t>(found - std::begin(globals));
}

const PickleGlobal& global_at(std::size_t which) { return globals[which]; }

}  // namespace drift
