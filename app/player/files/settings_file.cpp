#include "player/files/settings_file.h"

#include <fstream>
#include <iterator>
#include <sstream>

#include "core/error.h"

namespace drift {
namespace {

using Kind = SettingField::Kind;

std::string plain(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    std::ostringstream out;
    if (const auto* list = node.as_array()) {
        for (const toml::node& item : *list) out << plain(item) << ' ';
        return out.str();
    }
    if (node.is_table()) throw Error("expected a value, found a table");
    node.visit([&](const auto& value) {
        if constexpr (toml::is_value<decltype(value)>) out << std::boolalpha << value.get();
    });
    return out.str();
}

}  // namespace

SamplerSettings read_settings(const toml::table& table, SamplerSettings settings, std::vector<std::string>& notes) {
    for (const auto& [key, node] : table) {
        try {
            set_setting(settings, key.str(), plain(node));
        } catch (const Error& error) {
            notes.push_back(error.what());
        }
    }
    return clamped(settings, &notes);
}

toml::table write_settings(const SamplerSettings& settings) {
    toml::table table;
    auto write = [&table](const SamplerSettings& part, std::string_view prefix) {
        for (const SettingField& field : setting_fields()) {
            const std::string name = std::string(prefix) + field.name;
            if (field.kind == Kind::boolean) table.insert(name, field.get(part) != 0);
            else if (field.kind == Kind::integer) table.insert(name, static_cast<std::int64_t>(field.get(part)));
            else if (field.kind == Kind::real)  // by its shortest text: 0.002, not 0.0020000000949949026
                table.insert(name, std::stod(setting_text(part, field)));
            else table.insert(name, setting_text(part, field));
        }
    };
    write(settings, "");
    for (const SamplerSettings& upsampler : settings.upsampler) write(upsampler, upsampler_prefix);
    return table;
}

SamplerSettings load_settings(const std::filesystem::path& file, const SamplerSettings& settings,
                              std::vector<std::string>& notes) {
    std::ifstream in(file, std::ios::binary);
    std::error_code wrong;
    if (!in || std::filesystem::is_directory(file, wrong)) throw Error(file, "the settings cannot be read");
    std::string text((std::istreambuf_iterator<char>(in)), {});
    try {
        return read_settings(toml::parse(text), settings, notes);
    } catch (const toml::parse_error& error) {
        throw Error(file, "line " + std::to_string(error.source().begin.line) +
                              ": expected TOML: " + std::string(error.description()));
    }
}

}  // namespace drift
