local jobs = {}
for place = 4, #ARGV do
  table.insert(jobs, as_reply(ARGV[place]))
end
return jobs
