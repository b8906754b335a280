#include "formats/checkpoint/pickle_machine.h"

#include <bit>
#include <cstring>
#include <map>
#include <optional>
#include <utility>

#include "core/error.h"
#include "formats/checkpoint/pickle_calls.h"
#include "formats/checkpoint/pickle_language.h"

namespace drift {
namespace {

using Kind = PickledValue::Kind;
using Ref = PickledValues::Ref;

static_assert(std::endian::native == std::endian::little, "numbers are copied as they lie");

class Machine {
public:
    Machine(std::string_view bytes, const std::filesystem::path& file) : file_(file) {
        out_.bytes = bytes.substr(0, longest_pickle + 1);
        for (Kind kind : {Kind::none, Kind::boolean, Kind::boolean, Kind::tuple}) make(kind);
        out_.values[yes].number = 1;
    }

    PickledValues run() {
        if (out_.bytes.size() < 2 || take() != static_cast<std::uint8_t>(Opcode::proto)) fail("another beginning");
        std::uint8_t protocol = take();
        if (protocol < 2 || protocol > 5) fail("protocol " + std::to_string(protocol) + ", expected 2 to 5");
        for (;;) {
            opcode_at_ = at_;
            std::uint8_t code = take();
            if (static_cast<Opcode>(code) == Opcode::stop) break;
            try {
                step(code);
            } catch (const PickleFault& fault) {
                fail(fault.found);
            }
        }
        if (!marks_.empty() || stack_.size() != 1)
            fail("its end with " + std::to_string(stack_.size()) + " values and " + std::to_string(marks_.size()) +
                 " marks in hand");
        out_.root = stack_[0];
        out_.end = at_;
        return std::move(out_);
    }

private:
    static constexpr Ref nothing = 0, no = 1, yes = 2,
                         empty_tuple = 3;  // made once: a pickle may ask for them a million times

    [[noreturn]] void fail(const std::string& found) const {
        throw Error(file_,
                    "expected a pickle of tensors, found " + found + " (byte " + std::to_string(opcode_at_) + ")");
    }

    std::string_view take(std::uint64_t count) {
        if (count > out_.bytes.size() - at_) {
            if (out_.bytes.size() > longest_pickle) fail("more than " + std::to_string(longest_pickle) + " bytes");
            fail("its end where " + std::to_string(count) + " more bytes should follow");
        }
        at_ += count;
        return out_.bytes.substr(at_ - count, count);
    }
    std::uint8_t take() { return static_cast<std::uint8_t>(take(1)[0]); }
    template <class Number>
    Number take_number() {
        Number number;
        std::memcpy(&number, take(sizeof number).data(), sizeof number);
        return number;
    }
    std::string_view take_line() {
        std::size_t end = out_.bytes.find('\n', at_);
        if (end == out_.bytes.npos) fail("a name without an end");
        std::string_view line = take(end + 1 - at_);
        line.remove_suffix(1);
        return line;
    }

    Ref make(Kind kind, std::int64_t number = 0, std::size_t count = 0) { return out_.make(kind, number, count); }
    void push(Ref ref) { stack_.push_back(ref); }
    void push_number(std::int64_t number) { push(make(Kind::number, number)); }
    void push_text(std::uint64_t length) {
        take(length);
        push(make(Kind::text, static_cast<std::int64_t>(at_ - length), length));
    }
    std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }
    // Nothing may reach below the last mark.
    void need(std::size_t count) const {
        if (stack_.size() - floor() < count)
            fail(opcode_name(static_cast<std::uint8_t>(out_.bytes[opcode_at_])) + " with too few values in hand");
    }
    Ref pop() {
        need(1);
        Ref ref = stack_.back();
        stack_.pop_back();
        return ref;
    }
    Ref top() const {
        need(1);
        return stack_.back();
    }
    std::size_t pop_mark() {
        if (marks_.empty()) fail(opcode_name(static_cast<std::uint8_t>(out_.bytes[opcode_at_])) + " without a mark");
        std::size_t mark = marks_.back();
        marks_.pop_back();
        return mark;
    }
    const PickledValue& value(Ref ref) const { return out_.values[ref]; }
    void push_tuple(std::size_t from) {
        std::size_t count = stack_.size() - from;
        auto begin = static_cast<std::int64_t>(out_.items.size());
        out_.items.insert(out_.items.end(), stack_.begin() + static_cast<std::ptrdiff_t>(from), stack_.end());
        stack_.resize(from);
        push(count == 0 ? empty_tuple : make(Kind::tuple, begin, count));
    }
    void add(Ref to, Ref key, Ref item) {
        auto& container = out_.values[to];
        auto entry = static_cast<std::uint32_t>(out_.entries.size());
        out_.entries.push_back({key, item, 0});
        (container.count == 0 ? container.first : out_.entries[container.last].next) = entry;
        container.last = entry;
        ++container.count;
    }
    // Items behind position `from` of the stack go into the container under them.
    void add_items(Kind kind, std::size_t from) {
        std::size_t group = kind == Kind::dict ? 2 : 1, count = stack_.size() - from;
        if (count % group != 0) fail("a key without a value");
        if (from <= floor())
            fail(opcode_name(static_cast<std::uint8_t>(out_.bytes[opcode_at_])) + " with too few values in hand");
        Ref to = stack_[from - 1];
        if (value(to).kind != kind) fail("items put into " + std::string(kind_name(value(to).kind)));
        for (std::size_t i = from; i < stack_.size(); i += group)
            add(to, group == 2 ? stack_[i] : nothing, stack_[i + group - 1]);
        stack_.resize(from);
    }

    void remember(std::uint32_t slot) { memo_[slot] = top(); }
    void fetch(std::uint32_t slot) {
        auto found = memo_.find(slot);
        if (found == memo_.end()) fail("slot " + std::to_string(slot) + " of the memo, which was never filled");
        push(found->second);
    }

    void push_global(std::string_view module, std::string_view name) {
        std::optional<std::size_t> known = find_global(module, name);
        if (!known) refuse_global(module, name);
        push(make(Kind::callable, static_cast<std::int64_t>(*known)));
    }
    [[noreturn]] void refuse_global(std::string_view module, std::string_view name) const {
        std::string whole(module.substr(0, 60));
        whole.append(".").append(name.substr(0, 60));
        throw Error(file_, "expected a pickle of tensors, found one that calls " + printable(whole) +
                               ", which might run code: refused, nothing was run");
    }

    void step(std::uint8_t code);
    void push_long();

    const std::filesystem::path& file_;
    PickledValues out_;
    std::size_t at_ = 0, opcode_at_ = 0;
    std::vector<Ref> stack_;
    std::vector<std::size_t> marks_;  // heights of the stack
    std::map<std::uint32_t, Ref>
        memo_;  // slots come from the file: neither their size nor their pattern may cost more than a search
    PickleCalls calls_{out_};
};

void Machine::step(std::uint8_t code) {
    switch (static_cast<Opcode>(code)) {
        case Opcode::frame:
            if (take_number<std::uint64_t>() > out_.bytes.size() - at_) fail("a frame that ends behind the pickle");
            return;
        case Opcode::none: return push(nothing);
        case Opcode::new_true: return push(yes);
        case Opcode::new_false: return push(no);
        case Opcode::binint: return push_number(take_number<std::int32_t>());
        case Opcode::binint1: return push_number(take());
        case Opcode::binint2: return push_number(take_number<std::uint16_t>());
        case Opcode::long1: return push_long();
        case Opcode::binfloat: return take(8), push(make(Kind::real));
        case Opcode::binunicode: return push_text(take_number<std::uint32_t>());
        case Opcode::short_binunicode: return push_text(take());
        case Opcode::binunicode8: return push_text(take_number<std::uint64_t>());

        case Opcode::mark: return marks_.push_back(stack_.size());
        case Opcode::pop: return void(pop());
        case Opcode::empty_tuple: return push(empty_tuple);
        case Opcode::tuple: return push_tuple(pop_mark());
        case Opcode::tuple1:
        case Opcode::tuple2:
        case Opcode::tuple3: {
            std::size_t count = code - static_cast<std::uint8_t>(Opcode::tuple1) + 1u;
            need(count);
            return push_tuple(stack_.size() - count);
        }
        case Opcode::empty_list: return push(make(Kind::list));
        case Opcode::append: return need(2), add_items(Kind::list, stack_.size() - 1);
        case Opcode::appends: return add_items(Kind::list, pop_mark());
        case Opcode::empty_dict: return push(make(Kind::dict));
        case Opcode::setitem: return need(3), add_items(Kind::dict, stack_.size() - 2);
        case Opcode::setitems: return add_items(Kind::dict, pop_mark());

        case Opcode::binput: return remember(take());
        case Opcode::long_binput: return remember(take_number<std::uint32_t>());
        case Opcode::memoize: return remember(static_cast<std::uint32_t>(memo_.size()));
        case Opcode::binget: return fetch(take());
        case Opcode::long_binget: return fetch(take_number<std::uint32_t>());

        case Opcode::global: {
            std::string_view module = take_line();
            return push_global(module, take_line());
        }
        case Opcode::inst: {
            std::string_view module = take_line();
            refuse_global(module, take_line());
        }
        case Opcode::stack_global: {
            Ref name = pop(), module = pop();
            if (value(name).kind != Kind::text || value(module).kind != Kind::text)
                fail("a global whose name is no text");
            return push_global(out_.text(module), out_.text(name));
        }
        case Opcode::binpersid: return push(calls_.storage(pop()));
        case Opcode::reduce: {
            Ref arguments = pop();
            return push(calls_.call(pop(), arguments));
        }
        case Opcode::newobj: {
            Ref arguments = pop();
            return push(calls_.made(pop(), arguments));
        }
        case Opcode::build: {
            // Attributes; a module's state dictionary has one, _metadata, of versions. They are not needed.
            Ref state = pop();
            if (value(top()).kind == Kind::other) return;
            if (value(state).kind != Kind::dict || value(top()).kind != Kind::dict)
                fail("BUILD of " + std::string(kind_name(value(top()).kind)));
            return;
        }
        case Opcode::stop:
        case Opcode::proto: break;
    }
    fail("the opcode " + opcode_name(code) + ", which no checkpoint of tensors needs: refused");
}

void Machine::push_long() {
    std::string_view bytes = take(take());
    if (bytes.size() > sizeof(std::int64_t)) return push(make(Kind::long_number));
    std::int64_t number =
        !bytes.empty() && (bytes.back() & 0x80) ? -1 : 0;  // two's complement, its sign in the last byte
    std::memcpy(&number, bytes.data(), bytes.size());
    push_number(number);
}

}  // namespace

PickledValues run_pickle(std::string_view bytes, const std::filesystem::path& file) {
    return Machine(bytes, file).run();
}

}  // namespace drift
