// The restricted pickle reader on pickles made by hand: how names come about, and bombs that must end at once.
#include "formats/checkpoint/pickle.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace drift {
namespace {

std::string text(const std::string& value) { return "\x8c" + std::string(1, static_cast<char>(value.size())) + value; }

const std::string begin("\x80\x02", 2);
// One tensor of shape [2, 3] in storage 0, kept in slot 9 of the memo; what is made next stands alone on the stack.
const std::string tensor_in_9 = begin + "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") +
                                "ctorch\nFloatStorage\n" + text("0") + text("cpu") +
                                std::string(
                                    "K\6tQK\0K\2K\3\x86K\3K\1\x86\x89}tRq\x09"
                                    "0",
                                    23);
const std::string tensor = "h\x09";

std::vector<std::string> names(const std::string& pickle) {
    std::vector<std::string> found;
    for (const PickledTensor& one : read_tensor_pickle(pickle, "a.pt").tensors) found.push_back(one.name);
    return found;
}

void expect_refused(const std::string& pickle, const std::string& part) {
    try {
        read_tensor_pickle(pickle, "a.pt");
        ADD_FAILURE() << "was read; expected: " << part;
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    }
}

using Names = std::vector<std::string>;

TEST(Pickle, OneTensorIsDescribedWhole) {
    auto found = read_tensor_pickle(tensor_in_9 + "}" + text("w") + tensor + "s.", "a.pt");
    ASSERT_EQ(found.tensors.size(), 1u);
    ASSERT_EQ(found.storages.size(), 1u);
    EXPECT_EQ(found.tensors[0].shape, (std::vector<std::int64_t>{2, 3}));
    EXPECT_EQ(found.tensors[0].strides, (std::vector<std::int64_t>{3, 1}));
    EXPECT_EQ(found.tensors[0].offset, 0);
    EXPECT_EQ(found.storages[0].key, "0");
    EXPECT_EQ(found.storages[0].elements, 6u);
    EXPECT_EQ(found.storages[0].type, ElementType::f32);
}

TEST(Pickle, DictionariesInDictionariesGiveDottedNames) {
    std::string inner = "}" + text("w") + tensor + "s";
    EXPECT_EQ(names(tensor_in_9 + "}" + text("net") + inner + "s."), Names{"net.w"});
    for (const char* wrapper : {"model", "state_dict", "model_state_dict"})
        EXPECT_EQ(names(tensor_in_9 + "}" + text(wrapper) + inner + "s."), Names{"w"});
    EXPECT_EQ(names(tensor_in_9 + "}(" + text("model") + inner + text("b") + tensor + "u."), (Names{"model.w", "b"}));
    EXPECT_EQ(names(tensor_in_9 + "}(" + text("w") + tensor + text("epoch") + "K\3u."), Names{"w"})
        << "what is no tensor is passed over";
    EXPECT_EQ(names(tensor_in_9 + "}" + text("module.w") + tensor + "s."), Names{"module.w"});
    expect_refused(tensor_in_9 + "}(" + text("a") + inner + text("a.w") + tensor + "u.", "\"a.w\" twice");
    expect_refused(tensor_in_9 + "}" + text("a\x1b[2J") + tensor + "s.", "control characters");
}

TEST(Pickle, WeightsAreFoundAmongWhatTrainingsKeepBesideThem) {
    const std::string inner = "}" + text("w") + tensor + "s", other = "}" + text("v") + tensor + "s";
    const std::string optimizer =
        "}(" + text("state") + std::string("}K\0", 3) + "}" + text("exp_avg") + tensor + "ss" + text("lr") + "K\1u";
    for (const char* wrapper : {"model", "state_dict", "model_state_dict", "agent", "ema"})
        EXPECT_EQ(names(tensor_in_9 + "}(" + text("epoch") + "K\3" + text("optimizer") + optimizer + text(wrapper) +
                        inner + text("best") + "N" + text("log") + "]u."),
                  Names{"w"})
            << wrapper;
    EXPECT_EQ(names(tensor_in_9 + "}(" + text("ema") + other + text("model") + inner + "u."), Names{"w"})
        << "the model itself before its average";
    EXPECT_EQ(names(tensor_in_9 + "}(" + text("epoch") + "K\3" + text("checkpoint") + "N" + text("model") + "}(" +
                    text("step") + "K\3" + text("state_dict") + inner + "uu."),
              Names{"w"})
        << "one in another";
    expect_refused(begin + "}(" + text("epoch") + "K\3" + text("model") + "}u.", "\"epoch\" a number");
    expect_refused(tensor_in_9 + "}K\3" + tensor + "s.", "a number as a name");
    // Values that stand for objects of known classes are passed over, never made.
    const std::string plain = "cnumpy\ndtype\n" + text("f8") + "\x85R(K\3" + text("<") + "Ntb";
    EXPECT_EQ(names(tensor_in_9 + "}(" + text("loss") + plain + text("seen") + "ccollections\nCounter\n}\x85R" +
                    text("args") + "cargparse\nNamespace\n)\x81}b" + text("model") + inner + "u."),
              Names{"w"});
    expect_refused(tensor_in_9 + "}(" + text("args") + "cmodels\nConfig\n)\x81" + text("model") + inner + "u.",
                   "models.Config");
}

TEST(Pickle, SharingAndNestingCostNothing) {
    // Sixty dictionaries, each holding the one before it twice: 2^60 names if they were spelled out.
    std::string shared = begin + std::string("}q\0", 3);
    for (int i = 1; i < 60; ++i) {
        std::string slot(1, static_cast<char>(i)), before(1, static_cast<char>(i - 1));
        shared += "0}q" + slot + text("a") + "h" + before + "s" + text("b") + "h" + before + "s";
    }
    expect_refused(shared + ".", "deep");
    expect_refused(begin + std::string("}q\0", 3) + "0}q\x01(" + text("a") + std::string("h\0", 2) + text("b") +
                       std::string("h\0", 2) + "u.",
                   "the same dictionary twice");
    std::string deep = begin;
    for (int i = 0; i < 100000; ++i) deep += "}" + text("a");
    expect_refused(deep + "N" + std::string(100000, 's') + ".", "deep");
    expect_refused(begin + std::string(longest_pickle, ']') + ".", "more than 4194304 bytes");
    // Memo slots chosen to fall together in a hash table.
    std::string slots = begin + "}";
    for (std::uint32_t i = 0; i < 100000; ++i) {
        std::uint32_t slot = i * 13007;
        slots += "r" + std::string(reinterpret_cast<const char*>(&slot), sizeof slot);
    }
    EXPECT_TRUE(names(slots + ".").empty());
}

TEST(Pickle, NothingButTheListedIsObeyed) {
    for (int code = 0; code < 256; ++code) {
        std::string pickle = begin + "}" + std::string(1, static_cast<char>(code));
        if (code == '.') continue;
        EXPECT_THROW(read_tensor_pickle(pickle, "a.pt"), Error) << code;  // none of them ends it
    }
    expect_refused(begin + "cos\nsystem\n" + text("true") + "\x85R.", "os.system");
    expect_refused(begin + text("torch") + text("FloatStorage.x") + "\x93.", "torch.FloatStorage.x");
    expect_refused(begin + "ctorch\nFloatStorage\n)R.", "a call of torch.FloatStorage");
    expect_refused(begin + "}\x81.", "NEWOBJ");
    expect_refused(begin + "(}t.}", "found a tuple");
    expect_refused(begin + "}(0.", "POP with too few values");
    expect_refused(begin + "c" + std::string(100000, 'x') + "\n" + std::string(100000, 'y') + "\n.", "xxx.yyy");
}

}  // namespace
}  // namespace drift
