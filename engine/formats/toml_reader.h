// Values from a TOML file that must be there and of their kind; what worlds and data sets both say, their actions, in and out.
#pragma once

#include <toml++/toml.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <sstream>
#include <string>
#include <type_traits>
#include <vector>

#include "core/action.h"
#include "core/error.h"

namespace drift {

// `what` is expected of the file, as "a world's description". Throws Error naming the file, and the line where it is no TOML.
toml::table parse_toml(const std::filesystem::path& file, const std::string& what);

// Reads required values and says where one is missing or of the wrong type.
class TomlReader {
public:
    TomlReader(const std::filesystem::path& file, const toml::table& table, std::string where)
        : file_(file), table_(table), where_(std::move(where)) {}

    template <class T>
    T get(const char* key) const {
        auto value = table_[key].template value<T>();
        if (!value)
            throw Error(file_, "expected " + where_ + key + ", " + std::string(kind<T>()) + ", found " + found(key));
        return *value;
    }
    int whole(const char* key, int low, int high) const {
        auto value = get<std::int64_t>(key);
        if (value < low || value > high)
            throw Error(file_, "expected " + where_ + key + " from " + std::to_string(low) + " to " +
                                   std::to_string(high) + ", found " + std::to_string(value));
        return static_cast<int>(value);
    }
    float real(const char* key, double low, double high) const {
        auto value = get<double>(key);
        if (!(value >= low && value <= high))
            throw Error(file_, "expected " + where_ + key + " from " + std::to_string(low) + " to " +
                                   std::to_string(high) + ", found " + std::to_string(value));
        return static_cast<float>(value);
    }
    template <class T>
    std::vector<T> list(const char* key, std::size_t most) const {
        const auto* array = table_[key].as_array();
        if (!array || array->empty() || array->size() > most)
            throw Error(file_, "expected " + where_ + key + ": a list of 1 to " + std::to_string(most) +
                                   " values, found " + found(key));
        std::vector<T> values;
        for (const auto& node : *array) {
            auto value = node.template value<T>();
            if (!value) throw Error(file_, "expected " + where_ + key + ": values of one kind, found another");
            values.push_back(*value);
        }
        return values;
    }
    // The names are in the order of the Enum's values.
    template <class Enum>
    Enum one_of(const char* key, std::span<const char* const> names) const {
        auto text = get<std::string>(key);
        auto it = std::find(names.begin(), names.end(), text);
        std::string all;
        for (const char* name : names) all += (all.empty() ? "\"" : ", \"") + std::string(name) + "\"";
        if (it == names.end())
            throw Error(file_,
                        "expected " + where_ + key + " as one of " + all + ", found \"" + printable(text) + "\"");
        return static_cast<Enum>(it - names.begin());
    }
    TomlReader section(const char* key) const {
        const auto* table = table_[key].as_table();
        if (!table) throw Error(file_, std::string("expected the section [") + key + "], found none");
        return TomlReader(file_, *table, std::string(key) + ".");
    }
    // A key that is not among these was misspelt, and what it should have said would be left out without a word.
    void only(std::initializer_list<const char*> known) const;
    const toml::table& table() const { return table_; }
    const std::filesystem::path& file() const { return file_; }

private:
    template <class T>
    static constexpr const char* kind() {
        if constexpr (std::is_same_v<T, bool>) return "true or false";
        else if constexpr (std::is_integral_v<T>) return "a whole number";
        else if constexpr (std::is_floating_point_v<T>) return "a number";
        else return "a text in quotes";
    }
    std::string found(const char* key) const {
        if (!table_.contains(key)) return "none";
        std::ostringstream text;
        text << table_[key].type();
        if (table_[key].is_number()) text << ' ' << *table_[key].template value<double>();
        return text.str();
    }
    const std::filesystem::path& file_;
    const toml::table& table_;
    std::string where_;
};

// 1 to most_actions [[actions]], each a name and up to 8 keys; joystick = true beside them: positions of a joystick, whose keys add up.
ActionSpace read_actions(const TomlReader& top);
// The same of any list of tables with a name and keys.
std::vector<ActionSpace::Entry> read_entries(const TomlReader& top, const char* list, std::size_t most);

toml::array to_array(const auto& values) {
    toml::array array;
    for (auto value : values) array.push_back(value);
    return array;
}
toml::array to_array(const std::vector<ActionSpace::Entry>& entries);
toml::array to_array(const ActionSpace& actions);

}  // namespace drift
